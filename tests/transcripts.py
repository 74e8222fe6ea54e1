"""Transcripts for tests: said by hand, or any that a transcriber might hand over."""

from __future__ import annotations

from hypothesis import strategies as st

from pipeline.words.transcript import Segment, Transcript, Word


def said(*texts: str, speaker: str = "", pause: float = 0.4, each: float = 0.3) -> Transcript:
    """A transcript of sentences; a word takes `each` seconds, `pause` lies between sentences."""
    time, segments = 1.0, []
    for number, text in enumerate(texts, start=1):
        words = []
        for word in text.split():
            words.append(Word(round(time, 2), round(time + each, 2), word, 0.9))
            time += each
        segments.append(
            Segment(number, words[0].start, words[-1].end, text, tuple(words), speaker=speaker)
        )
        time += pause
    return transcript_of(*segments, duration=time + 1)


def transcript_of(*segments: Segment, duration: float | None = None) -> Transcript:
    end = duration if duration is not None else segments[-1].end + 1
    return Transcript("id", round(end, 3), "test", {}, tuple(segments))


_TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp")), min_size=1, max_size=50
)
_WORDS_OF_TALK = st.sampled_from(
    ["warga,", "informasi", "publik.", "di", "Rp5.000", "a&b", "<v", "-->", "50%", "ya?", "Dr."]
)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    """Any transcript: rushed, slow, overlapping, without times, with strange words and names."""
    time, segments = 0.0, []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        words = []
        for text in draw(st.lists(_WORDS_OF_TALK | _TEXT, min_size=1, max_size=25)):
            time += draw(st.sampled_from([0.0, 0.0, 0.05, 0.4, 3.0]))
            end = time + draw(st.sampled_from([0.0, 0.02, 0.3, 0.6, 9.0]))
            words.append(Word(round(time, 2), round(end, 2), text, 0.5))
            time = end
        kept = tuple(words) if draw(st.booleans()) else ()
        text = " ".join(word.text for word in words)
        speaker = draw(st.sampled_from(["", "Rahma", "Budi & <Co>", "Nama " * 12]))
        segments.append(Segment(number, words[0].start, words[-1].end, text, kept, speaker))
    return transcript_of(*segments, duration=time + draw(st.sampled_from([0.5, 5.0])))
