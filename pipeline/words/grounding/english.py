"""The lists for English: enough for negations, modals and names; numbers only in digits."""

from __future__ import annotations

from pipeline.words.grounding.lists import Lists, pairs, table, words
from pipeline.words.spoken import spoken

ENGLISH = Lists(
    negations=words(
        "not no never none nobody nothing neither nor without cannot n't isn't aren't wasn't "
        "weren't don't doesn't didn't won't wouldn't can't couldn't shouldn't hasn't haven't hadn't"
    ),
    modals=words(
        "will would can could may might must shall should perhaps maybe probably possibly always "
        "often sometimes seldom rarely all every some many few only almost about around already "
        "still or unless except"
    ),
    fillers=words("uh um erm hm hmm mm oh well so yeah okay ok like you know actually basically"),
    pronouns=words("i we you he she they it me us him her them my our your his their"),
    units=words(
        "percent dollars rupiah euros pounds meters metres kilometers kilometres hectares "
        "kilograms tons litres hours minutes days weeks months years"
    ),
    titles=words("president minister governor mayor regent chief chair chairman director deputy"),
    small=words(
        "the a an of to in on at by for with and that this these those is are was were be been as "
        "it its there then so also"
    ),
    joints=words("but because so although though while"),
    conditions=words("if unless provided when"),
    verbs=words(
        "said says added noted explained stated concluded told asked hopes hoped according"
    ),
    telling=words(
        "conversation interview episode podcast talk talks talked touched discussed discusses"
    ),
    calendar={month: number for number, month in enumerate(spoken("en").months, start=1)},
    weekdays=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    spoken=table("gonna: going to\nwanna: want to\nit's: it is\ni'm: i am\nwe're: we are"),
    opposites=pairs("up/down increase/decrease open/close accept/reject support/oppose more/less"),
)
