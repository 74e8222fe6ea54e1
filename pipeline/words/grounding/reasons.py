"""Why a verdict or a finding is what it is: one message id a reason, for the reader's language."""

from __future__ import annotations

from pipeline.words.grounding.checked import Reason


def reason(message: str, **values: str) -> Reason:
    """A reason with its places filled."""
    return Reason(message, tuple(sorted(values.items())))


# Of quotes: what blocks them.
NEGATION_ADDED = "The quote says “{now}”, which was not said here."
NEGATION_REMOVED = "“{then}” was said here and is missing from the quote."
NEGATION_CUT = "The quote starts right after “{then}”, which turns it round."
NEGATION_CUT_BEHIND = "The quote ends right before “{then}”, which turns it round."
NEGATION_MOVED = "“{then}” denies something else in the recording than in the quote."
NUMBER_CHANGED = "“{then}” was said, the quote has “{now}”."
NUMBER_ADDED = "The number “{now}” was not said here."
UNIT_CHANGED = "“{then}” was said, the quote counts in “{now}”."
DATE_CHANGED = "The date “{now}” was not said here; “{then}” was."
NAME_CHANGED = "“{then}” was said, the quote has the name “{now}”."
NAME_ADDED = "The name “{now}” was not said here."
OPPOSITE = "“{now}” is the opposite of what was said: “{then}”."
WRONG_SPEAKER = "The article names {named}, but {speaker} says this."
TWO_SPEAKERS = "This is put together from words of {speakers}."
NOT_FOUND = "Nobody says this in the recording."
# What an editor should compare.
MODAL = "“{then}” became “{now}”: how sure, how often or how many."
MODAL_ADDED = "“{now}” was added: how sure, how often or how many."
MODAL_REMOVED = "“{then}” was left out: how sure, how often or how many."
NEGATION_OTHER = "“{then}” became “{now}”."
NUMBER_DROPPED = "The number “{then}” was left out."
UNIT_ADDED = "The unit “{now}” was not said."
WORD_CHANGED = "“{then}” became “{now}”."
WORD_ADDED = "“{now}” was not said here."
PERSON_CHANGED = "“{then}” became “{now}”: who is meant may change."
DOUBLE_DROPPED = "A doubled word became a single one: “{then}”."
ADDED_MUCH = "{share} % of the words were added."
DROPPED_MUCH = "{share} % of what was said here was left out."
DENIAL_DROPPED = "What was left out holds a denial: “{then}”."
CONDITION_CUT = "A condition beside the quote was left out: “{then}”."
FRAMING_CUT = "What stands beside it in the recording may put it in doubt: “{then}”."
REORDERED = "The parts stand in another order than they were said."
FAR_APART = "The parts of the quote were said {seconds} seconds apart."
QUESTION = "It was said as a question."
SPEAKER_GUESSED = "The article names {named}; that {speaker} says this is a guess of the machine."

# Of the rest of an article.
NUMBER_UNSUPPORTED = "Nothing in the recording or the episode's details supports this number."
NUMBER_OTHERS = "Another number is said of this: “{then}”."
NUMBER_OTHERWISE = "This number is said of something else: “{then}”."
DATE_UNSUPPORTED = "Nothing in the recording or the episode's details supports this date."
NAME_UNSUPPORTED = "This name is neither in the recording nor in the details or the glossary."
NAME_NOT_SAID = "The glossary knows this name, but nobody says it in this recording."
NAME_SHORT_SAID = "Only its short form is said here: “{then}”."
NAME_PARTLY = "The words of this name are said, but not together."
NAME_NEARLY = (
    "This name is written otherwise in the recording, the details or the glossary: {then}."
)
SENTENCE_UNSUPPORTED = "Nothing in the recording supports this sentence."
SPEAKER_UNKNOWN = "The transcript does not say who speaks, so nobody can check who is named."
VARIANT = "The same name is also written “{other}” here."
COUNT_WRONG = "{said} are announced, {listed} are listed."
WEEKDAY_WRONG = "{date} was a {right}, not a {wrong}."
DATE_IMPOSSIBLE = "There is no such date."
MISSPELT = "This is written “{right}”."
LEFTOVER_MARK = "A mark of the draft for the editor is still in the article."
LEFTOVER_LIST = "The draft's list for the editor is still in the article."
