/** A visit under way: the requests it still has to make (null before that is known), the seconds each takes, and the seconds it has taken by now. */
export type UnderWay = { requestsLeft: number | null; secondsEach: number; seconds: number };

/** How long a crawl goes on: what runs, how many boards wait, how many are visited at a time, and how many seconds each of the done ones took. */
export type Ahead = { underWay: readonly UnderWay[]; waiting: number; atATime: number; done: readonly number[] };

/** Of boards that have not told how much there is to read, nothing is said before so many others are done, and a tenth of all. */
const LEAST_DONE = 3;

/**
 * The seconds a crawl still takes, or null as long as that would be a guess: every board either told what is left to read, or is one of many of
 * which enough are done to know what one takes.
 */
export function secondsLeft({ underWay, waiting, atATime, done }: Ahead): number | null {
  const all = done.length + underWay.length + waiting;
  const known = done.length >= Math.max(LEAST_DONE, all / 10);
  const usual = known ? done.reduce((sum, seconds) => sum + seconds, 0) / done.length : null;
  if (waiting > 0 && usual === null) return null;
  const left: number[] = [];
  for (const board of underWay) {
    const seconds = board.requestsLeft === null ? restOf(usual, board.seconds) : board.requestsLeft * board.secondsEach;
    if (seconds === null) return null;
    left.push(seconds);
  }
  const work = left.reduce((sum, seconds) => sum + seconds, waiting * (usual ?? 0));
  // The longest board may outlast all the others together.
  return Math.max(work / Math.max(1, Math.min(atATime, underWay.length + waiting)), ...left, 0);
}

/** What is left of a board that takes as long as the others did; one that took longer already is like none of them. */
function restOf(usual: number | null, seconds: number): number | null {
  return usual === null || seconds > usual ? null : usual - seconds;
}

/** Seconds as people say them: `about 4 min left`. */
export function leftInWords(seconds: number): string {
  if (seconds < 50) return 'less than a minute left';
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${minutes} min left`;
  // Nobody plans by the minute what takes hours.
  const tens = Math.round(seconds / 600);
  const [hours, rest] = [Math.floor(tens / 6), (tens % 6) * 10];
  return rest === 0 ? `about ${hours} h left` : `about ${hours} h ${rest} min left`;
}
