// Times as people read them: 1:02:03 or 2:03.
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const rest = String(whole % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

// Made when it is first needed: finding a language's way of writing dates takes a while.
let moment;

export function momentOf(text) {
  const how = { dateStyle: "medium", timeStyle: "short" };
  moment ??= new Intl.DateTimeFormat(document.documentElement.lang, how);
  return moment.format(new Date(text));
}
