import { test } from 'vitest';
import { loadSystems } from '../../src/crawlers/systems.ts';

import { checkMutations } from '../crawlers/adapters/_mutations.ts';
import { PAGES } from '../crawlers/cases.ts';

const MUTATIONS = 20_000;

test(`every system bears ${MUTATIONS} mutated pages: no crash, nothing proven empty, nothing missed in silence`, async () => {
  await checkMutations(await loadSystems(), PAGES, MUTATIONS);
});
