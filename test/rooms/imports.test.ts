import { describe, expect, test } from 'vitest';
import { importCircles, importsOf, matches, sourceFile, sourceFiles, upwardImports } from '../support/rooms.ts';

const src = sourceFiles('src');
const outside = (...rooms: string[]) => src.filter(({ path }) => !rooms.some(room => path.startsWith(room)));

/** Reading the environment in any of the ways JavaScript has for it. */
const ENVIRONMENT =
  /process\.env\b|\benv\s*\}\s*(?::[^=]*)?=\s*process\b|import\.meta\.env|import\s*\{[^}]*\benv\b[^}]*\}\s*from\s*'node:process'/;
/** Building or running a query. Handing a `Kysely` on as a type is not. */
const QUERY = /\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|\bsql(?:<[^`]*>)?`/;
/** Doing what only the engine may do: the network, files, timers, the clock, chance. */
const INPUT_OUTPUT = /\bfetch\(|\bsetTimeout\(|\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\bprocess\./;

describe('the rooms of src/', () => {
  test('import only downward', () => {
    expect(upwardImports(src)).toEqual([]);
  });

  test('have no circle of imports', () => {
    expect(importCircles(src)).toEqual([]);
  });

  test('read the environment in config.ts alone', () => {
    expect(matches(outside('src/config.ts'), ENVIRONMENT)).toEqual([]);
  });

  test('ask the database in store/ alone', () => {
    expect(matches(outside('src/store/'), QUERY)).toEqual([]);
    const drivers = outside('src/store/', 'src/postgres/')
      .flatMap(importsOf)
      .filter(({ to, typeOnly }) => !typeOnly && /^(kysely|pg)(\/|$)/.test(to));
    expect(drivers).toEqual([]);
  });

  test('open Postgres with the one client that hears of its end, and pools of it', () => {
    const clients = matches(outside('src/postgres/client.ts', 'src/store/database.ts'), /\bnew pg\.(?:Pool|Client)\b/);
    expect(clients).toEqual([]);
  });

  test('keep adapters pure: no network, no files, no clock, no other adapter', () => {
    const adapters = src.filter(({ path }) => path.startsWith('src/crawlers/adapters/'));
    expect(adapters.length).toBeGreaterThan(0);
    expect(matches(adapters, INPUT_OUTPUT)).toEqual([]);
    const leaning = adapters
      .flatMap(importsOf)
      .filter(
        ({ to, typeOnly }) =>
          !typeOnly && (/^(node:|undici|@crawlee|playwright)/.test(to) || /^src\/crawlers\/(engine|adapters\/[^_])/.test(to)),
      );
    expect(leaning).toEqual([]);
  });

  test('parse the HTML of boards in one place, which keeps it within limits', () => {
    const crawlers = src.filter(({ path }) => path.startsWith('src/crawlers/') && path !== 'src/crawlers/kit/html.ts');
    // Feeds are XML, whose depth is looked at before.
    const parsers = matches(crawlers, /\bimport \{[^}]*\bload\b[^}]*\} from 'cheerio'/).filter(path => !path.includes('adapters/feed.ts'));
    expect(parsers).toEqual([]);
  });
});

describe('the check of the rooms itself', () => {
  const file = sourceFile;

  test.each([
    ['a named import', `import { a } from '../store/a.ts';`],
    ['an import over several lines', `import {\n  a,\n  type B,\n} from '../store/a.ts';`],
    ['a type import', `import type { A } from '../store/a.ts';`],
    ['an import for its effect', `import '../store/a.ts';`],
    ['a re-export', `export { a } from '../store/a.ts';`],
    ['an import while running', `const a = await import('../store/a.ts');`],
    ['a type inside an expression', `let a: import('../store/a.ts').A;`],
  ])('sees an upward import written as %s', (_, text) => {
    expect(upwardImports([file('src/posting/x.ts', text)])).toEqual(['src/posting/x.ts imports src/store/a.ts, which lies above it']);
  });

  test('lets downward and level imports pass, and words in comments', () => {
    const text = `import { a } from '../posting/a.ts';\nimport { b } from './b.ts';\n// import { c } from '../store/c.ts';\n/* import '../api/d.ts'; */`;
    expect(upwardImports([file('src/queue/x.ts', text)])).toEqual([]);
  });

  test('sees an import from a neighbor, and within a room from the floor above', () => {
    expect(upwardImports([file('src/api/x.ts', `import { a } from '../web/a.ts';`)])).toEqual([
      'src/api/x.ts imports src/web/a.ts, which is its neighbor',
    ]);
    expect(upwardImports([file('src/crawlers/kit/x.ts', `import { a } from '../visit/a.ts';`)])).toHaveLength(1);
  });

  test('names a room that has no place on the floors', () => {
    expect(upwardImports([file('src/attic/x.ts', '')])).toHaveLength(1);
  });

  test('sees a circle of three files, also one closed by a type alone', () => {
    const a = file('src/posting/a.ts', `import { b } from './b.ts';`);
    const b = file('src/posting/b.ts', `import { c } from './c.ts';`);
    const back = (kind: string) => file('src/posting/c.ts', `import ${kind}{ a } from './a.ts';`);
    expect(importCircles([a, b, back('')])).toHaveLength(1);
    expect(importCircles([a, b, back('type ')])).toHaveLength(1);
  });

  test.each(['const { env } = process;', 'process.env.HOME', `import { env } from 'node:process';`])(
    'sees the environment read by %s',
    text => {
      expect(matches([file('src/api/x.ts', text)], ENVIRONMENT)).toHaveLength(1);
    },
  );

  test.each([`db.selectFrom('postings')`, 'sql`select 1`', 'sql<{ n: number }>`select 1 as n`'])('sees the query %s', text => {
    expect(matches([file('src/api/x.ts', text)], QUERY)).toHaveLength(1);
    expect(matches([file('src/api/x.ts', `// ${text}`)], QUERY)).toEqual([]);
  });
});
