"""The categories of an old feed in Apple's present spelling.

Source: Apple Podcasts for Creators, "Apple Podcasts categories", and the changes of 2019.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.ground.categories import APPLE_CATEGORIES, nearest_category

_MOST = 3
_FORMER = {
    "arts > literature": "Arts > Books",
    "business > business news": "News > Business News",
    "business > management & marketing": "Business > Marketing",
    "education > educational technology": "Education",
    "education > higher education": "Education",
    "education > k-12": "Education",
    "education > language courses": "Education > Language Learning",
    "education > training": "Education > Courses",
    "games & hobbies": "Leisure",
    "games & hobbies > automotive": "Leisure > Automotive",
    "games & hobbies > aviation": "Leisure > Aviation",
    "games & hobbies > hobbies": "Leisure > Hobbies",
    "games & hobbies > other games": "Leisure > Games",
    "games & hobbies > video games": "Leisure > Video Games",
    "government & organizations": "Government",
    "government & organizations > local": "Government",
    "government & organizations > national": "Government",
    "government & organizations > non-profit": "Business > Non-Profit",
    "government & organizations > regional": "Government",
    "health": "Health & Fitness",
    "health > fitness & nutrition": "Health & Fitness > Nutrition",
    "health > self-help": "Education > Self-Improvement",
    "news & politics": "News > Politics",
    "religion & spirituality > other": "Religion & Spirituality",
    "science & medicine": "Science",
    "science & medicine > medicine": "Health & Fitness > Medicine",
    "science & medicine > natural sciences": "Science > Natural Sciences",
    "science & medicine > social sciences": "Science > Social Sciences",
    "society & culture > history": "History",
    "sports & recreation": "Sports",
    "sports & recreation > outdoor": "Sports > Wilderness",
    "sports & recreation > professional": "Sports",
    "technology > gadgets": "Technology",
    "technology > podcasting": "Technology",
    "technology > software how-to": "Technology",
    "technology > tech news": "News > Tech News",
}
_PRESENT = {name.casefold(): name for name in APPLE_CATEGORIES}
_WHEN_NONE = "News"


def apple_categories(said: Iterable[str]) -> tuple[list[str], list[str]]:
    """One to three categories of Apple's, and a sentence for each that had to be guessed."""
    found: list[str] = []
    notes = []
    for name in said:
        known = _known(name)
        category = known or nearest_category(name.rpartition(" > ")[2])
        if not known:
            notes.append(f"“{name}” is no category of Apple's; “{category}” is the nearest.")
        if category not in found:
            found.append(category)
    if not found:
        notes.append(f"The old feed names no category; “{_WHEN_NONE}” was taken.")
    return found[:_MOST] or [_WHEN_NONE], notes


def _known(name: str) -> str:
    """By the whole name, or else by the category that a subcategory is in."""
    whole, outer = name.casefold(), name.partition(" > ")[0].casefold()
    names = (_PRESENT.get(whole), _FORMER.get(whole), _PRESENT.get(outer), _FORMER.get(outer))
    return next((found for found in names if found), "")
