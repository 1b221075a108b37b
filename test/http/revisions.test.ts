import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { sharedRun } from '../../src/http/revisions.ts';

it('shares a run among those who wait, and gives nobody an answer that was asked for before they came', async () => {
  let clock = 0;
  let runs = 0;
  const shared = sharedRun(async () => {
    runs++;
    const asked = clock;
    await sleep(1);
    return asked;
  });
  const answers: Promise<void>[] = [];
  for (let i = 0; i < 500; i++) {
    clock++;
    const came = clock;
    answers.push(shared().then(asked => expect(asked).toBeGreaterThanOrEqual(came)));
    if (i % 50 === 0) await sleep(1);
  }
  await Promise.all(answers);
  expect(runs).toBeLessThan(60);
});

it('goes on after a run that failed', async () => {
  let fails = true;
  const shared = sharedRun(async () => {
    await sleep(1);
    if (fails) throw new Error('away');
    return 'back';
  });
  const [first, second] = [shared(), shared()];
  await expect(first).rejects.toThrow('away');
  fails = false;
  await expect(second).resolves.toBe('back');
});
