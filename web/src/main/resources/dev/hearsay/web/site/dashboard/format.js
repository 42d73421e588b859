/** Figures as people read them. All are pure; times are those of the reader's clock and zone. */

const NUMBER = new Intl.NumberFormat("en-GB");
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** 1234567 as "1,234,567". */
export function count(value) {
  return NUMBER.format(value);
}

/** So many of something: "1 member", "5 members". */
export function counted(value, one, many = `${one}s`) {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Bytes with a prefix of 1,000: "1.2 MB". */
export function bytes(value) {
  return scaled(value, ["B", "kB", "MB", "GB", "TB"]);
}

/** Bytes each second. */
export function rate(value) {
  return `${bytes(value)}/s`;
}

/** A duration in seconds, in the unit that suits it: "850 µs", "1.2 ms", "3.4 s", "2 min 5 s", "3 h 2 min". */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) {
    return "–";
  }
  if (seconds < 0.9995) {
    const millis = seconds * 1000;
    return millis < 0.9995 ? `${Math.round(seconds * 1e6)} µs` : `${digits(millis)} ms`;
  }
  if (seconds < 60) {
    return `${digits(seconds)} s`;
  }
  const whole = Math.floor(seconds);
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  }
  const minutes = Math.floor(whole / 60);
  return minutes < 2880 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 1440)} days`;
}

/** The time of day of a moment in ms since 1970. */
export function clock(millis) {
  return CLOCK.format(new Date(millis));
}

/** Time of day of an RFC 3339 text, with the day if that is not today's; what is no time comes back as it is. */
export function moment(text, now) {
  const millis = Date.parse(text);
  if (!Number.isFinite(millis)) {
    return String(text);
  }
  const day = DAY.format(new Date(millis));
  return day === DAY.format(new Date(now)) ? clock(millis) : `${day}, ${clock(millis)}`;
}

/** host:port, with brackets where the host has colons. */
export function hostPort(host, port) {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function digits(value) {
  return value < 10 ? String(Math.round(value * 100) / 100) : value < 100 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}

function scaled(value, units) {
  let rest = value;
  let unit = 0;
  while (Math.abs(rest) >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${unit === 0 ? Math.round(rest) : digits(rest)} ${units[unit]}`;
}
