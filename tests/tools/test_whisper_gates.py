"""Quality gates: a decoder that fails on cue is asked again, and what stays doubtful is flagged.

The sound is real: three voices, a silence from 9.4 to 13.5 s, one more voice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.whisper.decode import Wishes
from pipeline.tools.whisper.engine import Engine
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.hearing import Asked, hear
from pipeline.tools.whisper.transcribing import transcribe
from pipeline.tools.whisper.windows import Numbers, Span, Window
from pipeline.words.transcript import Flag, Segment, Transcript, WhyLeftOut
from tests.tools.scripted_whisper import Answer, ScriptedWhisper, said, scripted_engine

THREE_VOICES = Path(__file__).parents[1] / "sounds" / "three-voices.ogg"
SPEECH = (Span(0.8, 9.4), Span(13.5, 15.8))
HINT = "Diskominfo, Kutai Kartanegara, Tenggarong, Loa Kulu, Kota Bangun"
TALK = "Warga membawa kartu tanda penduduk. Kami membuka data anggaran setiap tiga bulan."
TALK_AFTER = "Itu penting bagi semua."


@pytest.fixture(scope="module")
def voices() -> Numbers:
    return np.concatenate(list(speech_blocks(THREE_VOICES)))


@pytest.fixture(scope="module")
def window(voices: Numbers) -> Window:
    return Window(0.0, len(voices) / 16_000, SPEECH)


Hear = Callable[..., HeardWindow]


@pytest.fixture
def heard(window: Window, voices: Numbers) -> Hear:
    def ask(answer: Answer, hint: str = "", **more: Any) -> HeardWindow:
        return hear(scripted_engine(answer, **more), window, voices, Wishes("id", hint=hint))

    return ask


def always(*segments: Any) -> Answer:
    return lambda _seconds, _options: segments


def good() -> tuple[Any, ...]:
    return said(TALK, 0.9, 9.2), said(TALK_AFTER, 13.6, 15.7)


def flags(heard: HeardWindow) -> set[str]:
    return {flag for segment in heard.segments for flag in segment.flags}


def with_flag(heard: HeardWindow, flag: Flag) -> list[str]:
    return [segment.text for segment in heard.segments if flag in segment.flags]


def asked(heard: HeardWindow) -> set[str]:
    return {segment.asked for segment in heard.segments}


def model_of(engine: Engine) -> ScriptedWhisper:
    assert isinstance(engine.model, ScriptedWhisper)
    return engine.model


def test_a_good_answer_is_taken_as_it_is_and_asked_for_once(
    window: Window, voices: Numbers
) -> None:
    engine = scripted_engine(always(*good()))
    answer = hear(engine, window, voices, Wishes("id", hint=HINT))
    assert [segment.text for segment in answer.segments] == sentences()
    assert flags(answer) == set()
    assert asked(answer) == {""}
    assert len(model_of(engine).asked) == 1


def sentences() -> list[str]:
    first, second = TALK.split(". ")
    return [first + ".", second, TALK_AFTER]


@pytest.mark.parametrize(
    "invention",
    ["Terima kasih telah menonton!", "Thanks for watching!", "Jangan lupa like dan subscribe."],
)
def test_an_invented_phrase_is_flagged_in_silence_and_only_there(
    heard: Hear, invention: str
) -> None:
    in_silence = heard(always(*good(), said(invention, 10.2, 12.2)))
    assert with_flag(in_silence, Flag.INVENTION) == [invention]
    in_speech = heard(always(said(invention, 1.5, 3.5), said(TALK, 3.6, 9.2), *good()[1:]))
    assert with_flag(in_speech, Flag.INVENTION) == []
    assert invention in [segment.text for segment in in_speech.segments]


def test_an_invention_that_nobody_knows_yet_is_flagged_where_nobody_speaks(heard: Hear) -> None:
    unknown = "Mari bernyanyi."
    answer = heard(always(said(TALK, 0.9, 9.2), said(unknown, 9.5, 10.4), *good()[1:]))
    assert with_flag(answer, Flag.PERHAPS_NO_SPEECH) == [unknown]


def test_a_greeting_before_anybody_speaks_is_flagged(heard: Hear) -> None:
    early = heard(always(said("Hai,", 0.0, 0.5), *good()))
    assert with_flag(early, Flag.INVENTION) == ["Hai,"]
    spoken = heard(always(said("Hai,", 1.0, 1.5), said(TALK, 1.5, 9.2), *good()[1:]))
    assert with_flag(spoken, Flag.INVENTION) == []


def test_a_loop_is_asked_for_again_without_repeats(heard: Hear) -> None:
    def answer(_seconds: float, options: Mapping[str, Any]) -> tuple[Any, ...]:
        if options["no_repeat_ngram_size"]:
            return good()
        return (said("Jadi begitu. " + "dan itu " * 12, 0.9, 9.2, compression=3.0), *good()[1:])

    mended = heard(answer)
    assert [segment.text for segment in mended.segments] == sentences()
    assert flags(mended) == set()
    assert asked(mended) == {Asked.WITHOUT_REPEATS}


def test_a_loop_that_no_way_of_asking_mends_is_flagged_where_it_is(heard: Hear) -> None:
    loop = "dan itu " * 12

    def answer(seconds: float, _options: Mapping[str, Any]) -> tuple[Any, ...]:
        if seconds > 15:
            return said("Jadi begitu.", 0.9, 2), said(loop, 2, 9.2), *good()[1:]
        return (said(loop, 0, seconds),)

    kept = heard(answer)
    assert with_flag(kept, Flag.REPETITION) == [loop.strip()]
    assert "Jadi begitu." in [segment.text for segment in kept.segments]


def test_a_compressible_text_without_a_clear_loop_is_flagged_as_well(heard: Hear) -> None:
    assert Flag.REPETITION in flags(heard(always(said(TALK, 0.9, 15.7, compression=2.9))))


def test_a_sentence_of_improbable_words_is_flagged_and_its_neighbours_are_not(
    heard: Hear,
) -> None:
    improbable = said("Mungkin begitu kata.", 13.6, 15.7, probability=0.6)
    answer = heard(always(said(TALK, 0.9, 9.2), improbable))
    assert with_flag(answer, Flag.LOW_CONFIDENCE) == ["Mungkin begitu kata."]
    assert asked(answer) == {""}


def test_an_unlikely_answer_is_asked_for_again_and_flagged_if_no_way_is_better(
    window: Window, voices: Numbers
) -> None:
    unlikely = [said(TALK, 0.9, 9.2, log_probability=-1.3), *good()[1:]]
    engine = scripted_engine(always(*unlikely))
    answer = hear(engine, window, voices, Wishes("id"))
    assert with_flag(answer, Flag.LOW_CONFIDENCE) == sentences()[:2]
    assert [options["no_repeat_ngram_size"] for options in model_of(engine).asked] == [0, 4]


def test_a_hint_read_out_in_silence_is_flagged_and_asked_for_again(heard: Hear) -> None:
    def answer(_seconds: float, options: Mapping[str, Any]) -> tuple[Any, ...]:
        return (*good(), *([said("Kutai Kartanegara", 10, 12)] if options["hotwords"] else []))

    mended = heard(answer, hint=HINT)
    assert asked(mended) == {Asked.WITHOUT_HINT}
    assert [segment.text for segment in mended.segments] == sentences()


def test_a_hint_read_out_is_flagged_where_the_model_hears_nothing_without_it(heard: Hear) -> None:
    recited = "Diskominfo, Kutai Kartanegara, Tenggarong, Loa Kulu."

    def answer(_seconds: float, options: Mapping[str, Any]) -> tuple[Any, ...]:
        return (said(recited, 0.9, 4), *good()[1:]) if options["hotwords"] else ()

    assert with_flag(heard(answer, hint=HINT), Flag.HINT_LEAK) == [recited]


def test_a_hint_that_is_heard_without_being_given_was_spoken(heard: Hear) -> None:
    recited = "Diskominfo, Kutai Kartanegara, Tenggarong, Loa Kulu."
    answer = heard(always(said(recited, 0.9, 4), said(TALK, 4, 9.2), *good()[1:]), hint=HINT)
    assert flags(answer) == set()
    assert asked(answer) == {Asked.WITHOUT_HINT}


def test_names_of_the_hint_that_are_spoken_raise_no_doubt(heard: Hear) -> None:
    talk = "Kami dari Diskominfo Kutai Kartanegara di Tenggarong."
    assert flags(heard(always(said(talk, 0.9, 9.2), *good()[1:]), hint=HINT)) == set()


def test_words_of_another_language_are_kept_and_flagged(heard: Hear) -> None:
    english = "This is what we have been doing for all of them."
    answer = heard(always(said(english, 0.9, 5), said(TALK, 5.0, 9.2), *good()[1:]))
    assert with_flag(answer, Flag.LANGUAGE_DRIFT) == [english]


def test_letters_of_another_script_are_kept_and_flagged(heard: Hear) -> None:
    answer = heard(always(said("Selamat 早上好 semua.", 0.9, 5), said(TALK, 5, 9.2), *good()[1:]))
    assert with_flag(answer, Flag.LANGUAGE_DRIFT) == ["Selamat 早上好 semua."]


def test_a_window_in_another_language_is_heard_in_it_and_flagged(heard: Hear) -> None:
    english = "Everybody may ask for public information."

    def answer(_seconds: float, options: Mapping[str, Any]) -> tuple[Any, ...]:
        if options["language"] == "en":
            return said(english, 0.9, 9.2, log_probability=-0.2), said("Thanks.", 13.6, 15.7)
        return said("Semua boleh.", 0.9, 9.2, log_probability=-0.7), said("Ya.", 13.6, 15.7)

    answer_in_english = heard(answer, spoken=lambda _: ("en", 0.95))
    assert with_flag(answer_in_english, Flag.LANGUAGE_DRIFT) == [english, "Thanks."]
    assert asked(answer_in_english) == {Asked.IN_ANOTHER_LANGUAGE}


ENGLISH = "Everybody may ask for public information in this office."


@pytest.mark.parametrize(
    ("in_english", "in_indonesian", "is_cut_up"),
    [
        ((ENGLISH, -0.2), (TALK, -0.7), False),  # better heard in English
        ((ENGLISH, -0.3), (ENGLISH, -0.2), False),  # the model writes English unasked
        ((ENGLISH, -0.7), (TALK, -0.2), True),  # perhaps both are spoken
    ],
)
def test_a_window_in_another_language_is_cut_up_only_where_two_may_be_spoken(
    window: Window,
    voices: Numbers,
    in_english: tuple[str, float],
    in_indonesian: tuple[str, float],
    is_cut_up: bool,
) -> None:
    def answer(_seconds: float, options: Mapping[str, Any]) -> tuple[Any, ...]:
        text, likely = in_english if options["language"] == "en" else in_indonesian
        return said(text, 0.9, 9.2, log_probability=likely), said("Ya.", 13.6, 15.7)

    engine = scripted_engine(answer, spoken=lambda _: ("en", 0.95))
    heard = hear(engine, window, voices, Wishes("id"))
    assert (len(model_of(engine).asked) > 2) == is_cut_up
    assert Flag.LANGUAGE_DRIFT in heard.segments[0].flags


@pytest.mark.parametrize(("language", "sure"), [("ms", 0.99), ("jw", 0.95), ("en", 0.6)])
def test_a_close_language_or_a_guess_is_no_drift(heard: Hear, language: str, sure: float) -> None:
    assert flags(heard(always(*good()), spoken=lambda _: (language, sure))) == set()


ENGLISH_SECONDS = 4.0
"""How long English is spoken in `two_languages`; its samples are 0.5, those of Indonesian 0.25."""


def two_languages(*, english_first: bool) -> Numbers:
    """12 s of samples that stand for two languages, with a pause between them."""
    english = np.full(round(ENGLISH_SECONDS * 16_000), 0.5, np.float32)
    indonesian = np.full(112_000, 0.25, np.float32)
    pause = np.zeros(16_000, np.float32)
    both = (english, pause, indonesian) if english_first else (indonesian, pause, english)
    return np.concatenate(both)


def language_at_its_start(samples: Any) -> tuple[str, float]:
    """As Whisper does, by the beginning of a sound."""
    return ("en" if samples[samples > 0][0] == 0.5 else "id"), 0.97


@pytest.mark.parametrize("english_first", [True, False])
def test_a_window_in_two_languages_is_cut_where_the_language_changes(english_first: bool) -> None:
    audio = two_languages(english_first=english_first)

    def answer(seconds: float, options: Mapping[str, Any]) -> tuple[Any, ...]:
        if seconds > 11:
            words = [said("Kami wajib menjawab semua.", 0.1, 6.9), said("Di sis wat wi.", 8, 12)]
            words[1].words[0].probability = words[1].words[1].probability = 0.3
            return tuple(words)
        if options["language"] == "en":
            return (said("This is what we do.", 0.1, 3.9, log_probability=-0.1),)
        likely = -0.1 if seconds > 4.5 else -0.6
        return (said("Kami wajib menjawab.", 0.1, seconds, log_probability=likely),)

    window = Window(0.0, 12.0, (Span(0.0, 12.0),))
    engine = scripted_engine(answer, spoken=language_at_its_start)
    heard = hear(engine, window, audio, Wishes("id"))
    assert with_flag(heard, Flag.LANGUAGE_DRIFT) == ["This is what we do."]
    assert {segment.text for segment in heard.segments} == {
        "This is what we do.",
        "Kami wajib menjawab.",
    }


@pytest.mark.parametrize(("sounds_like", "questions"), [("id", 1), ("ms", 1), ("en", 2)])
def test_improbable_words_that_sound_like_ours_are_not_encoded_again(
    window: Window, voices: Numbers, sounds_like: str, questions: int
) -> None:
    sounds: list[int] = []

    def spoken(samples: Any) -> tuple[str, float]:
        sounds.append(len(samples))
        return "id", 0.99

    improbable = said(TALK, 0.9, 9.2, probability=0.8)
    engine = scripted_engine(
        always(improbable, *good()[1:]), spoken=spoken, spoken_in_part=(sounds_like, 0.9)
    )
    hear(engine, window, voices, Wishes("id"))
    assert len(sounds) == questions


def test_speech_that_is_left_out_is_looked_for_in_halves(heard: Hear) -> None:
    def answer(seconds: float, _options: Mapping[str, Any]) -> tuple[Any, ...]:
        if seconds > 15:
            return (said("Warga membawa kartu.", 0.9, 3.0),)
        return (said(" ".join(["begitu"] + ["lalu", "kami"] * 3), 0.1, seconds - 0.1),)

    mended = heard(answer)
    assert asked(mended) == {Asked.IN_PARTS}
    assert len(mended.segments) > 1


def test_more_words_than_anybody_says_are_flagged(heard: Hear) -> None:
    rest = said("Itu saja yang kami bawa.", 2, 9.2)
    answer = heard(always(said(TALK, 0.9, 1.6), rest, *good()[1:]))
    assert with_flag(answer, Flag.IMPOSSIBLE_TIMING) == sentences()[:2]


def test_a_word_that_lasts_too_long_is_cut_and_flagged(heard: Hear) -> None:
    answer = heard(always(said("Begitulah.", 0.9, 8.9), *good()[1:]))
    (long, *_) = answer.segments
    assert Flag.IMPOSSIBLE_TIMING in long.flags
    assert long.end - long.start <= 1.0


def test_words_far_from_any_speech_are_moved_into_it_and_flagged(heard: Hear) -> None:
    answer = heard(always(said(TALK, 0.9, 9.2), said("Itu penting.", 10.0, 11.2), *good()[1:]))
    (far,) = [segment for segment in answer.segments if segment.text == "Itu penting."]
    assert far.end <= 9.5
    assert Flag.IMPOSSIBLE_TIMING in far.flags
    near = heard(always(said(TALK, 0.9, 9.6), said(TALK_AFTER, 13.2, 15.7)))
    assert flags(near) == set()


def test_what_the_model_takes_for_no_speech_is_left_out_and_told(heard: Hear) -> None:
    noise = said("la la la", 10.0, 12.0, log_probability=-1.4, no_speech=0.9)
    answer = heard(always(*good(), noise))
    (left_out,) = answer.left_out
    assert (left_out.start, left_out.end) == (10.0, 12.0)
    assert (left_out.text, left_out.reason) == ("la la la", WhyLeftOut.NO_SPEECH)
    assert "la la la" not in [segment.text for segment in answer.segments]


def test_a_voice_is_kept_although_the_model_takes_it_for_no_speech(heard: Hear) -> None:
    doubted = said(TALK, 0.9, 9.2, log_probability=-1.4, no_speech=0.9)
    answer = heard(always(doubted, *good()[1:]))
    assert answer.left_out == ()
    assert with_flag(answer, Flag.LOW_CONFIDENCE) == sentences()[:2]


def test_no_speech_is_believed_where_the_detector_hears_little(heard: Hear) -> None:
    voice = said(TALK, 0.9, 9.2, no_speech=0.9)
    assert with_flag(heard(always(voice, *good()[1:])), Flag.PERHAPS_NO_SPEECH) == []
    silence = said("Mari bernyanyi.", 10.2, 12.2, no_speech=0.9)
    answer = heard(always(*good(), silence))
    assert with_flag(answer, Flag.PERHAPS_NO_SPEECH) == ["Mari bernyanyi."]


def test_where_no_voice_is_heard_one_doubt_of_the_model_is_enough(voices: Numbers) -> None:
    unsure = Window(0.0, 9.0, (Span(0.0, 9.0),), unsure=True)
    doubted = always(said("la la la", 1, 3, log_probability=-1.4), said("Mari menyanyi.", 4, 6))
    answer = hear(scripted_engine(doubted), unsure, voices[:144_000], Wishes("id"))
    assert [left.reason for left in answer.left_out] == [WhyLeftOut.NO_VOICE]
    assert with_flag(answer, Flag.PERHAPS_NO_SPEECH) == ["Mari menyanyi."]


def transcript_of(answer: Answer, voices: Numbers) -> Transcript:
    return transcribe(
        scripted_engine(answer),
        lambda: iter([voices]),
        language="id",
        beam_size=5,
        hint="",
        model="scripted",
        settings={},
        report=lambda _: None,
    )


def test_missing_speech_is_listed_and_flagged_on_the_sentence_before_it(voices: Numbers) -> None:
    def answer(seconds: float, _options: Mapping[str, Any]) -> tuple[Any, ...]:
        return (said("Warga membawa kartu.", 0.3, 1.6),) if seconds > 8 else ()

    transcript = transcript_of(answer, voices)
    first = transcript.segments[0]
    assert transcript.unheard
    assert transcript.unheard[0][0] >= first.end
    assert Flag.SPEECH_MISSING in first.flags


def test_missing_speech_at_the_start_is_flagged_on_the_sentence_after_it(voices: Numbers) -> None:
    def answer(seconds: float, _options: Mapping[str, Any]) -> tuple[Any, ...]:
        return (said("Itu saja.", 7.0, 8.2),) if seconds > 8 else ()

    transcript = transcript_of(answer, voices)
    first = transcript.segments[0]
    assert transcript.unheard[0][1] <= first.start
    assert Flag.SPEECH_MISSING in first.flags


def test_a_loop_across_windows_is_seen_in_the_whole(voices: Numbers) -> None:
    def answer(seconds: float, _options: Mapping[str, Any]) -> tuple[Any, ...]:
        return (said("Kami membuka semua data anggaran. " * 2, 0.1, seconds - 0.1),)

    looping = transcript_of(answer, voices)
    assert all(Flag.REPETITION in segment.flags for segment in looping.segments)


def test_the_same_question_has_the_same_answer(heard: Hear) -> None:
    answer = always(*good(), said("Terima kasih.", 10.2, 12.2))
    assert heard(answer) == heard(answer)


def test_segments_lie_in_order_whatever_the_decoder_says(heard: Hear) -> None:
    muddled = heard(always(said(TALK_AFTER, 20.0, 40.0), said(TALK, -3.0, 2.0)))
    ends = [(segment.start, segment.end) for segment in muddled.segments]
    assert all(start <= end for start, end in ends)
    assert ends == sorted(ends)
    assert isinstance(muddled.segments[0], Segment)
