/** Plain tables for the terminal: the first column to the left, numbers to the right. */
export function columns(head: readonly string[], rows: readonly (readonly string[])[], indent = 2): string[] {
  const widths = head.map((h, k) => Math.max(h.length, ...rows.map((r) => (r[k] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    (
      ' '.repeat(indent) +
      cells.map((c, k) => (k === 0 ? c.padEnd(widths[k] as number) : c.padStart(widths[k] as number))).join('  ')
    ).trimEnd();
  return [line(head), ' '.repeat(indent) + widths.map((w) => '─'.repeat(w)).join('  '), ...rows.map(line)];
}

/** People in a form that claims no more than it knows: two or three figures, thin spaces of thousands. */
export function people(n: number, lang: 'en' | 'ru'): string {
  const rounded = n < 100 ? Math.round(n) : n < 10_000 ? Math.round(n / 10) * 10 : Math.round(n / 100) * 100;
  return String(rounded).replace(/\B(?=(\d{3})+(?!\d))/g, lang === 'ru' ? ' ' : ',');
}

/** A share in per cent. */
export function percent(part: number, whole: number, lang: 'en' | 'ru', digits = 0): string {
  if (whole <= 0) return '–';
  const p = (100 * part) / whole;
  const text = p > 0 && p < 0.5 && digits === 0 ? '<1' : p.toFixed(digits);
  return `${lang === 'ru' ? text.replace('.', ',') : text}%`;
}

/** One row of a CSV file. */
export function csv(cells: readonly (string | number)[]): string {
  return `${cells.map((c) => (/[",\n]/.test(String(c)) ? `"${String(c).replaceAll('"', '""')}"` : String(c))).join(',')}\n`;
}
