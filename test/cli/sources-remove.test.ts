import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendRow, removeRow, withoutRow } from '../../src/cli/_registry-files.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { runOmbre } from './ombre-process.ts';

const ACME = '- slug: acme\n  name: Acme\n  system: greenhouse\n  target: { board: acme } # by hand\n';
const OTHER = '- slug: other\n  name: Other\n  system: lever\n  target:\n    site: other\n';
const TEXT = `# Schools\n${OTHER}\n# Hospitals\n\n${ACME}\n# Insurers\n- slug: third\n  name: Third\n  system: lever\n  target: { site: third }\n`;

let home: string;
let folder: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'ombre-remove-'));
  folder = path.join(home, 'sources');
  await mkdir(folder);
});
afterEach(() => rm(home, { recursive: true }));

describe('a row', () => {
  test('is taken out of its file with its lines, and everything else stays to the letter', () => {
    expect(withoutRow(TEXT, 'acme')).toBe(TEXT.replace(`${ACME}\n`, ''));
    expect(withoutRow(TEXT, 'other')).toBe(TEXT.replace(`${OTHER}\n`, ''));
    expect(withoutRow(TEXT, 'third')).toBe(TEXT.slice(0, TEXT.indexOf('- slug: third')));
    expect(withoutRow(ACME.trimEnd(), 'acme')).toBe('');
  });

  test.each([
    ['is not there', TEXT, 'nobody'],
    ['stands in a file that is no YAML', `${ACME}- slug: "unclosed\n`, 'acme'],
    [
      'is named by another row',
      `- &a { slug: acme, name: Acme, system: lever, target: { site: acme } }\n- <<: *a\n  slug: other\n`,
      'acme',
    ],
    ['has the slug of another row', `${ACME}${OTHER}${ACME}`, 'acme'],
    ['shares its line with others', '[{ slug: acme, name: A }, { slug: other, name: B }]\n', 'acme'],
  ])('that %s is left alone', (_, text, slug) => {
    expect(withoutRow(text, slug)).toBeNull();
  });

  test('whose slug another row of the file has too is not taken out, in a sentence that says so', async () => {
    await writeFile(path.join(folder, 'rows.yaml'), `${ACME}${OTHER}${ACME}`);
    await expect(removeRow(folder, 'rows.yaml', 'acme')).rejects.toThrow(
      'rows.yaml, row is "acme"; allowed: a slug that one row alone has (2 have it); take them out by hand',
    );
    expect(await readFile(path.join(folder, 'rows.yaml'), 'utf8')).toBe(`${ACME}${OTHER}${ACME}`);
  });

  test('is added behind what is there, whether or not its last line is ended', async () => {
    await appendRow(folder, 'added.yaml', { slug: 'one', name: 'One' });
    expect(await readFile(path.join(folder, 'added.yaml'), 'utf8')).toBe('- slug: one\n  name: One\n');
    await writeFile(path.join(folder, 'added.yaml'), OTHER.trimEnd());
    await appendRow(folder, 'added.yaml', { slug: 'one', name: 'One' });
    expect(await readFile(path.join(folder, 'added.yaml'), 'utf8')).toBe(`${OTHER}\n- slug: one\n  name: One\n`);
    expect(await readdir(folder)).toEqual(['added.yaml']);
  });

  test('is changed where a link leads, with the rights of the file', async () => {
    const real = path.join(home, 'real.yaml');
    await writeFile(real, TEXT);
    await chmod(real, 0o640);
    await symlink(real, path.join(folder, 'rows.yaml'));
    await removeRow(folder, 'rows.yaml', 'acme');
    expect(await readFile(real, 'utf8')).not.toContain('acme');
  });

  test('is not written into a folder that takes nothing, and the folder is named', async () => {
    await writeFile(path.join(home, 'file'), '');
    const refused = {
      code: 'E_CONFIG',
      message: expect.stringMatching(/SOURCES_DIR is ".*"; allowed: a folder in which added\.yaml can be written \(E[A-Z]+/),
    };
    await expect(appendRow(path.join(home, 'file', 'sources'), 'added.yaml', { slug: 'one' })).rejects.toMatchObject(refused);
    await mkdir(path.join(folder, 'added.yaml'));
    await expect(appendRow(folder, 'added.yaml', { slug: 'one' })).rejects.toMatchObject(refused);
    expect(await readdir(folder)).toEqual(['added.yaml']);
  });
});

describe('ombre sources remove', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase();
    await writeFile(path.join(folder, 'rows.yaml'), TEXT);
    await insertPostings(database.db, [
      { id: 'a', source: 'acme' },
      { id: 'b', source: 'acme' },
      { id: 'gone', source: 'acme', closed_at: '2026-11-20T00:00:00Z' },
      { id: 'o', source: 'other' },
    ]);
  });
  afterEach(() => database.drop());

  const remove = (...args: string[]) =>
    runOmbre(['sources', 'remove', ...args], { DATABASE_URL: database.url, OMBRE_HOME: home, SOURCES_DIR: folder });
  const open = async () =>
    (await database.db.selectFrom('postings').select('id').where('closed_at', 'is', null).orderBy('id').execute()).map(({ id }) => id);
  const text = () => readFile(path.join(folder, 'rows.yaml'), 'utf8');

  test('says what would follow, and with --apply takes the row out of the registry and closes its postings', async () => {
    const dry = await remove('acme', '--json');
    expect([dry.code, JSON.parse(dry.out)]).toEqual([0, { slug: 'acme', postings: 2, files: ['rows.yaml'], written: false }]);
    expect([await open(), await text()]).toEqual([['a', 'b', 'o'], TEXT]);

    const done = await remove('acme', '--apply', '--json');
    expect([done.code, JSON.parse(done.out)]).toEqual([0, { slug: 'acme', postings: 2, files: ['rows.yaml'], written: true }]);
    expect(await open()).toEqual(['o']);
    expect(await text()).toBe(TEXT.replace(`${ACME}\n`, ''));
    const closed = await database.db
      .selectFrom('postings')
      .select(['id', 'closed_reason'])
      .where('closed_at', 'is not', null)
      .orderBy('id')
      .execute();
    expect(closed.map(({ id, closed_reason }) => `${id} ${closed_reason}`)).toEqual([
      'a source_removed',
      'b source_removed',
      'gone not_listed',
    ]);

    const again = await remove('acme', '--apply');
    expect(again).toMatchObject({ code: 1, out: expect.stringContaining('acme is removed already: it has no row in the registry') });
  });

  test('of a slug that nobody has is a mistake that names those it may be, and one in an unwritable place writes nothing', async () => {
    const unknown = await remove('othr', '--apply');
    expect(unknown).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/slug is "othr"; allowed: .*other/) });
    // A row that cannot be cut out would bring its source back.
    await writeFile(
      path.join(folder, 'rows.yaml'),
      '[{ slug: acme, name: A, system: lever, target: { site: a } }, { slug: other, name: B, system: lever, target: { site: b } }]\n',
    );
    const refused = await remove('acme', '--apply');
    expect(refused).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/rows\.yaml, row is "acme"; allowed: .*take it out by hand/),
    });
    expect(await open()).toEqual(['a', 'b', 'o']);
  });
});
