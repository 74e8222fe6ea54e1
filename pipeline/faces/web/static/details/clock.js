// Times as people write them: "1:02:03.5", "12:34", "75.2"; seconds otherwise.
export function secondsOf(text) {
  const said = text.trim().replace(",", ".");
  if (said === "") return null;
  if (!/^(\d+:){0,2}\d+(\.\d+)?$/.test(said)) return said; // the server says what is wrong
  return round(said.split(":").reduce((sum, part) => sum * 60 + Number(part), 0));
}

export function clockOf(seconds) {
  const rest = round(seconds % 60);
  const minutes = Math.floor(seconds / 60) % 60;
  const hours = Math.floor(seconds / 3600);
  const two = (value) => (value < 10 ? `0${value}` : String(value));
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

export const round = (seconds) => Math.round(seconds * 1000) / 1000;
