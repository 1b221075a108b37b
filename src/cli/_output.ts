/** What a command found, on stdout: one JSON document with `--json`, else the text for people, which is made only then. */
export async function output({ json }: { json?: boolean }, value: unknown, text: () => string): Promise<void> {
  await (json ? printJson(value) : print(`${text()}\n`));
}

/** Writes the one JSON document of a `--json` run. Resolves once the reader took it, so that an exit cuts nothing off. */
export async function printJson(value: unknown): Promise<void> {
  await print(`${JSON.stringify(value, null, process.stdout.isTTY ? 2 : 0)}\n`);
}

/** Writes to stdout and waits until it is taken. A reader that has gone (`| head`) is no error. */
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
  process.stderr.write(`${text}\n`);
}

/** A text on one line, without what would move the cursor, color the rest or turn its direction: names and reasons come from boards. */
export function printable(text: string): string {
  return text.replace(/[\n\r\t\v\f\p{Zl}\p{Zp}]+/gu, ' ').replace(/\p{C}+/gu, '');
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
