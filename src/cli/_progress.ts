import { createLogUpdate } from 'log-update';
import stringWidth from 'string-width';
import type { Told } from '../app/crawl-progress.ts';
import { mayRedraw } from '../config.ts';
import { printable } from '../printable.ts';

/** What long work shows on stderr while it runs. */
export type Progress = {
  /** Where a log must go while something is drawn, so that neither tears the other; undefined where nothing is. */
  log: { write(lines: string): void } | undefined;
  /** A note for people, above what is drawn. */
  say(note: string): void;
  /** Leaves nothing of it behind. Idempotent. */
  done(): void;
};

type Options = {
  /** What is told; asked for each time that something is shown. */
  tell(): Told;
  /** Never drawn, such as with --json where both outputs are the same terminal. */
  plain?: boolean;
  /** Nothing is told but by drawing: a service whose stderr is no terminal has its log. */
  drawnOnly?: boolean;
  stream?: Stream;
  /** Milliseconds between two lines where nothing is drawn, and between two drawings. */
  everyMs?: number;
  drawMs?: number;
};
type Stream = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns' | 'rows'>;

/** Shows how far long work is: on a terminal in lines that stay below everything else, elsewhere in a line of its own once a minute. */
export function progress(options: Options): Progress {
  const { stream = process.stderr, plain = false, drawnOnly = false } = options;
  if (stream.isTTY === true && !plain && mayRedraw()) return drawn(stream, options);
  return inLines(stream, options, drawnOnly);
}

function drawn(stream: Stream, { tell, drawMs = 250 }: Options): Progress {
  // The cursor stays: nothing has to bring it back when the process is killed.
  const area = createLogUpdate(stream as NodeJS.WriteStream, { showCursor: true });
  const draw = () => {
    const lines = laidOut(tell(), stream.columns || 80);
    if (lines.length === 0) area.clear();
    else area(lines.join('\n'));
  };
  const write = (lines: string) => {
    area.clear();
    // JSON has escaped most of them, but not all.
    stream.write(lines.replace(/[^\P{Cc}\n\t]/gu, ''));
    draw();
  };
  const timer = setInterval(draw, drawMs).unref();
  const done = () => {
    clearInterval(timer);
    process.off('exit', done);
    area.clear();
  };
  // A second Ctrl-C ends the process at once.
  process.once('exit', done);
  return { log: { write }, say: note => write(`${printable(note)}\n`), done };
}

function inLines(stream: Stream, { tell, everyMs = 60_000 }: Options, silent: boolean): Progress {
  const show = () => {
    const { says } = tell();
    if (says.length > 0) stream.write(`${says.map(printable).join(', ')}\n`);
  };
  const timer = silent ? undefined : setInterval(show, everyMs).unref();
  return {
    log: undefined,
    say: note => void stream.write(`${printable(note)}\n`),
    done: () => clearInterval(timer),
  };
}

/** Whether the one JSON document goes to the very terminal that would be drawn on. */
export function jsonBeside({ json }: { json?: boolean }): boolean {
  return json === true && process.stdout.isTTY === true;
}

const GAP = '   ';

/** What is told as lines that fit: the bar and as many of the clauses as go beside each other, and none cut unless it is longer than a line. */
export function laidOut({ share, says }: Told, columns: number): string[] {
  if (says.length === 0) return [];
  // A terminal may wrap a line that reaches its last column.
  const most = Math.max(1, columns - 1);
  const lines: string[] = [];
  for (const part of [...(share === null ? [] : [bar(share, columns)]), ...says.map(printable)]) {
    const last = lines.at(-1);
    const joined = `${last}${GAP}${part}`;
    if (last !== undefined && stringWidth(joined) <= most) lines[lines.length - 1] = joined;
    else lines.push(cut(part, most));
  }
  return lines;
}

function bar(share: number, columns: number): string {
  const length = Math.max(5, Math.min(24, Math.floor(columns / 4)));
  const full = Math.max(0, Math.min(length, Math.floor(share * length)));
  return `[${'#'.repeat(full)}${'-'.repeat(length - full)}]`;
}

function cut(text: string, most: number): string {
  if (stringWidth(text) <= most) return text;
  const letters = [...text];
  const end = most > 6 ? '...' : '';
  while (stringWidth(letters.join('')) > most - end.length) letters.pop();
  return letters.join('') + end;
}
