import { printable, printableLines } from '../printable.ts';

/** What a command found, on stdout: one JSON document with `--json`, else the text for people, which is made only then. */
export async function output({ json }: { json?: boolean }, value: unknown, text: () => string): Promise<void> {
  await (json ? printJson(value) : printText(text()));
}

/** Writes the one JSON document of a `--json` run. Resolves once the reader took it, so that an exit cuts nothing off. */
export async function printJson(value: unknown): Promise<void> {
  await print(`${jsonOf(value, process.stdout.isTTY ? 2 : 0)}\n`);
}

/** What JSON leaves as it is, and some terminals obey. */
const OBEYED = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A value as JSON of the same meaning that no terminal takes for a command. */
export function jsonOf(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(OBEYED, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Writes lines for people to stdout, and the end of the last. What boards say in them can neither move the cursor nor change the terminal. */
export async function printText(text: string): Promise<void> {
  await print(`${printableLines(text)}\n`);
}

/** Writes a document that programs read to stdout as it is, and waits until it is taken. A reader that has gone (`| head`) is no error. */
export async function print(text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(text, error => {
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') reject(error);
      else resolve();
    });
  });
}

/** A note for people on stderr; never part of the output scripts read. */
export function say(text: string): void {
  process.stderr.write(`${printableLines(text)}\n`);
}

/** A plain table with aligned columns. */
export function table(head: string[], rows: (string | number | null)[][]): string {
  const cells = [head, ...rows.map(row => row.map(cell => printable(String(cell ?? ''))))];
  const widths = head.map((_, column) => Math.max(...cells.map(row => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(cells[0] ?? []), widths.map(width => '-'.repeat(width)).join('  '), ...cells.slice(1).map(line)].join('\n');
}
