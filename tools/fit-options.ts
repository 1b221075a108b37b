import { parseArgs } from 'node:util';

/** What every fit is told: where the shared sets and the fixtures stand, and whether nothing is written. */
export function fitOptions(): { readonly shared: string; readonly fixtures: string; readonly dry: boolean } {
  const { values } = parseArgs({
    options: {
      shared: { type: 'string', default: '../shared' },
      fixtures: { type: 'string', default: 'test/fixtures' },
      dry: { type: 'boolean', default: false },
    },
  });
  return values;
}
