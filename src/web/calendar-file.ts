/**
 * A plan's days as a calendar file (RFC 5545). Calendars are copied to clouds: by default an entry says "Reminder 1" and
 * nothing else. No description, no place, no organiser; the identifiers are random.
 */
export type Reminder = { readonly day: string; readonly title: string };

/** Lines end in CRLF and are folded at 75 octets, never within a letter. */
export function fold(line: string): string {
  const out: string[] = [];
  let now = '';
  let size = 0;
  for (const letter of line) {
    const n = new TextEncoder().encode(letter).length;
    if (size + n > 75) {
      out.push(now);
      now = ' ';
      size = 1;
    }
    now += letter;
    size += n;
  }
  out.push(now);
  return out.join('\r\n');
}

const escaped = (s: string): string =>
  s.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll('\n', '\\n');

/**
 * @param stamp the moment of making, `20261123T000000Z`
 * @param random a fresh random identifier at each call
 */
export function calendarFile(reminders: readonly Reminder[], stamp: string, random: () => string): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//calendar//EN', 'CALSCALE:GREGORIAN'];
  for (const r of reminders) {
    const start = r.day.replaceAll('-', '');
    lines.push(
      'BEGIN:VEVENT',
      `UID:${random()}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${start}`,
      `SUMMARY:${escaped(r.title)}`,
      'TRANSP:TRANSPARENT',
      'CLASS:PRIVATE',
      'END:VEVENT',
    );
  }
  lines.push('END:VCALENDAR');
  return `${lines.map(fold).join('\r\n')}\r\n`;
}
