"""Apple Podcasts' categories in their exact spelling.

Source: Apple Podcasts for Creators, "Apple Podcasts categories". A subcategory is written after
its category: `Society & Culture > Documentary`.
"""

from __future__ import annotations

from rapidfuzz import fuzz, process, utils

_TREE: dict[str, tuple[str, ...]] = {
    "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
    "Business": (
        "Careers",
        "Entrepreneurship",
        "Investing",
        "Management",
        "Marketing",
        "Non-Profit",
    ),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "History": (),
    "Health & Fitness": (
        "Alternative Health",
        "Fitness",
        "Medicine",
        "Mental Health",
        "Nutrition",
        "Sexuality",
    ),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        "Animation & Manga",
        "Automotive",
        "Aviation",
        "Crafts",
        "Games",
        "Hobbies",
        "Home & Garden",
        "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        "Business News",
        "Daily News",
        "Entertainment News",
        "News Commentary",
        "Politics",
        "Sports News",
        "Tech News",
    ),
    "Religion & Spirituality": (
        "Buddhism",
        "Christianity",
        "Hinduism",
        "Islam",
        "Judaism",
        "Religion",
        "Spirituality",
    ),
    "Science": (
        "Astronomy",
        "Chemistry",
        "Earth Sciences",
        "Life Sciences",
        "Mathematics",
        "Natural Sciences",
        "Nature",
        "Physics",
        "Social Sciences",
    ),
    "Society & Culture": (
        "Documentary",
        "Personal Journals",
        "Philosophy",
        "Places & Travel",
        "Relationships",
    ),
    "Sports": (
        "Baseball",
        "Basketball",
        "Cricket",
        "Fantasy Sports",
        "Football",
        "Golf",
        "Hockey",
        "Rugby",
        "Running",
        "Soccer",
        "Swimming",
        "Tennis",
        "Volleyball",
        "Wilderness",
        "Wrestling",
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}

APPLE_CATEGORIES: tuple[str, ...] = tuple(
    name
    for category, inner in _TREE.items()
    for name in (category, *(f"{category} > {sub}" for sub in inner))
)


def nearest_category(text: str) -> str:
    """The category that looks most like `text`; a subcategory is found by its own name too."""
    by_short_name = {name.rpartition(" > ")[2]: name for name in APPLE_CATEGORIES}
    whole = process.extractOne(
        text, APPLE_CATEGORIES, scorer=fuzz.WRatio, processor=utils.default_process
    )
    short = process.extractOne(
        text, list(by_short_name), scorer=fuzz.ratio, processor=utils.default_process
    )
    if short is not None and whole is not None and short[1] >= whole[1]:
        return by_short_name[short[0]]
    return whole[0] if whole is not None else APPLE_CATEGORIES[0]
