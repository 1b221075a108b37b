import { expect, test } from 'vitest';
import { loadSystems } from '../../../src/crawlers/systems.ts';
import { PAGES, type PageCase } from '../cases.ts';
import { fixture, readDetail } from './_support.ts';

const systems = await loadSystems();
const STEPS = 40;

const WITH_PAGES = PAGES.filter(({ detail }) => detail !== undefined && /\.html?$/.test(detail)).map(row => [row.system, row] as const);
const WITH_OTHERS = WITH_PAGES.filter(([, { elsewhere }]) => elsewhere !== undefined);

/** What a reader makes of a posting page, cut after so many characters, and where a redirect led. */
async function reader({ system, target, detail }: PageCase) {
  const adapter = systems.get(system);
  if (!adapter) throw new Error(`no adapter reads ${system}`);
  const body = await fixture(system, detail ?? '');
  const key = readDetail(adapter, target, body).postings[0]?.key;
  const read = (end = body.length, page = {}) => readDetail(adapter, target, body.slice(0, end), key ? { key } : {}, page);
  return { read, length: body.trimEnd().length };
}

test.each(WITH_PAGES)('%s reads no text in half off a posting page that is cut', async (_system, row) => {
  const { read, length } = await reader(row);
  const whole = read().postings[0];
  expect(whole?.body?.length).toBeGreaterThan(0);
  for (let step = 1; step < STEPS; step++) {
    const cut = read(Math.floor((length * step) / STEPS));
    // A page may leave out its last end tags, so that a cut between two texts does not show.
    const body = cut.postings[0]?.body ?? [];
    expect(body, `cut at ${step}/${STEPS}: ${cut.why}`).toEqual(whole?.body?.slice(0, body.length));
  }
});

test.each(WITH_OTHERS)(
  '%s does not take the page of another posting, to which it was led, for the one it asked for',
  async (_system, row) => {
    const { read } = await reader(row);
    const led = read(undefined, { url: row.elsewhere });
    expect(led, led.why).toMatchObject({ postings: [] });
    expect(['unknown', 'gone']).toContain(led.marker);
  },
);
