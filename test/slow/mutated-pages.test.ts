import { test } from 'vitest';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { CASES } from '../crawlers/adapters/_hostile-cases.ts';
import { checkMutations } from '../crawlers/adapters/_mutations.ts';

const MUTATIONS = 20_000;

test(`every system bears ${MUTATIONS} mutated pages: no crash, nothing proven empty, nothing missed in silence`, async () => {
  await checkMutations(await loadSystems(), CASES, MUTATIONS);
});
