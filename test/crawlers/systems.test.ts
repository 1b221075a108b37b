import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { adapter as ashby } from '../../src/crawlers/adapters/ashby.ts';
import { adapter as lever } from '../../src/crawlers/adapters/lever.ts';
import { collect, loadSystems, systemOf } from '../../src/crawlers/systems.ts';

describe('board systems', () => {
  test('are the files of the adapters folder, in alphabetical order, but for helpers', async () => {
    const files = (await readdir(new URL('../../src/crawlers/adapters/', import.meta.url))).filter(file => !file.startsWith('_')).sort();
    expect([...(await loadSystems()).keys()].map(system => `${system}.ts`)).toEqual(files);
  });

  test('a file without an adapter, a name that differs and a system named twice stop the start', () => {
    expect(() => collect([['ashby.ts', {}]])).toThrow('ashby.ts exports no adapter');
    expect(() => collect([['lever.ts', { adapter: ashby }]])).toThrow('the names must agree');
    expect(() =>
      collect([
        ['lever.ts', { adapter: lever }],
        ['lever2.ts', { adapter: lever }],
      ]),
    ).toThrow('claims the system lever');
  });

  test("an unknown name is the caller's mistake, and the known ones are named", async () => {
    await expect(systemOf('monster')).rejects.toMatchObject({ code: 'E_USAGE', message: expect.stringContaining('greenhouse') });
  });

  test('no two systems claim one careers address', async () => {
    const systems = [...(await loadSystems()).values()];
    for (const { example, home, system } of systems) {
      if (example === undefined) continue;
      const claimed = systems.filter(other => other.recognise(new URL(home(example))) !== null).map(other => other.system);
      expect(claimed.filter(name => name !== system)).toEqual([]);
    }
  });
});
