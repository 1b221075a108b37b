import { expect, test } from 'vitest';
import { goneForGood } from '../../src/pipeline/unseen.ts';

test('a posting whose page was gone twice in a row is closed, one that was gone once or is back is not', () => {
  const looked = [0, 1, 2, 3].map(missed => ({ key: `k${missed}`, missed }));
  expect(goneForGood(looked)).toEqual(['k2', 'k3']);
});
