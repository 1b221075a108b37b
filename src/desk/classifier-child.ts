import { defaultRules } from '../classify/compile/compile.ts';
import { messageOf } from '../errors.ts';
import { diffRules } from '../pipeline/rules-diff.ts';
import type { Answered, Asked, Work } from './classifier-process.ts';
import { doubtAbout } from './doubt.ts';

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

const WORK: Work = {
  doubts: async rows => rows.map(doubtAbout),
  diff: async postings => diffRules(each(postings), defaultRules()),
};

const answer = async ({ id, ask }: Asked): Promise<Answered> => {
  try {
    return { id, value: ask.what === 'doubts' ? await WORK.doubts(ask.given) : await WORK.diff(ask.given) };
  } catch (error) {
    return { id, failed: messageOf(error) };
  }
};

process.on('message', async (asked: Asked) => process.send?.(await answer(asked)));
