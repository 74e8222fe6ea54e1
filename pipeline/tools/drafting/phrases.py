"""The fixed words of an article draft, one row a language; the article's language is the show's."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.words.languages import primary_language


@dataclass(frozen=True, slots=True)
class Phrases:
    """Templates for `str.format`; the drafter fills them with names, topics and dates."""

    and_: str
    headline: str
    headline_without_guest: str
    headline_of_title: str
    excerpt: str
    excerpt_without_guest: str
    lead: str
    lead_without_topics: str
    who: str
    who_without_role: str
    who_too: str
    who_too_without_role: str
    who_unknown: str
    host: str
    many_guests: str
    topics: str
    places: str
    abbreviation: str
    unknown_speaker: str
    quote: str
    no_quotes: str
    no_punctuation: str
    few_words: str
    unsure_words: str
    team: str
    not_written: str


def phrases(language: str) -> Phrases:
    """The row of a language ("id", "en-GB"); English for a language without one."""
    return _ROWS.get(primary_language(language), _ROWS["en"])


_ROWS = {
    "id": Phrases(
        and_="dan",
        headline="{guests} Bahas {topics}",
        headline_without_guest="{show} Bahas {topics}",
        headline_of_title="{title}: Bincang bersama {guests}",
        excerpt="{guests} berbicara tentang {topics} dalam {show}.",
        excerpt_without_guest="{show} membahas {topics}.",
        lead="{show} membahas {topics} dalam episode “{title}”.",
        lead_without_topics="{show} menghadirkan episode “{title}”.",
        who="{name}, selaku {role}, hadir dalam {show}, {date}{host}.",
        who_without_role="{name} hadir dalam {show}, {date}{host}.",
        who_too="{name}, selaku {role}, turut hadir dalam perbincangan itu.",
        who_too_without_role="{name} turut hadir dalam perbincangan itu.",
        who_unknown="Episode {show} ini bertanggal {date}{host}.",
        host=", bersama pemandu acara {host}",
        many_guests="{name} dan {others} Tamu Lain",
        topics="Perbincangan itu juga menyinggung {topics}.",
        places="Sejumlah tempat disebut dalam perbincangan, yakni {places}.",
        abbreviation="{short} adalah singkatan dari {long}.",
        unknown_speaker="narasumber",
        quote="“{text}” {verb} {speaker}.",
        no_quotes="Tidak ada kutipan yang layak: transkrip tidak memuat kalimat utuh yang cukup.",
        no_punctuation="Transkrip tanpa tanda baca: batas kalimat dan pembicara tidak pasti.",
        few_words="Transkrip hampir kosong; periksa rekaman dan model transkripsi.",
        unsure_words="Banyak kata diragukan oleh model transkripsi; dengarkan setiap kutipan.",
        team="Tim {outlet}",
        not_written="Model bahasa tidak menulis draf ini; yang ada hanya kerangka. {problem}",
    ),
    "en": Phrases(
        and_="and",
        headline="{guests} on {topics}",
        headline_without_guest="{show} on {topics}",
        headline_of_title="{title}: A Talk with {guests}",
        excerpt="{guests} talked about {topics} in {show}.",
        excerpt_without_guest="{show} talks about {topics}.",
        lead="{show} talks about {topics} in the episode “{title}”.",
        lead_without_topics="{show} presents the episode “{title}”.",
        who="{name}, {role}, was a guest of {show} on {date}{host}.",
        who_without_role="{name} was a guest of {show} on {date}{host}.",
        who_too="{name}, {role}, took part in the conversation too.",
        who_too_without_role="{name} took part in the conversation too.",
        who_unknown="This episode of {show} is dated {date}{host}.",
        host=", with the host {host}",
        many_guests="{name} and {others} Other Guests",
        topics="The conversation also touched on {topics}.",
        places="Places that came up in the conversation are {places}.",
        abbreviation="{short} stands for {long}.",
        unknown_speaker="the guest",
        quote="“{text}” {verb} {speaker}.",
        no_quotes="There is no passage to quote: the transcript holds too few whole sentences.",
        no_punctuation="The transcript has no punctuation: who said what is uncertain.",
        few_words="The transcript is nearly empty; check the recording and the model.",
        unsure_words="The model doubts many of its words; listen to every quote.",
        team="The {outlet} team",
        not_written="The language model did not write this draft; this is the skeleton. {problem}",
    ),
}
