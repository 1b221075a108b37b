import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readSaved } from '../../src/cli/read.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { TABLE } from './_recorded-fields.ts';

const RECORDINGS = new URL('../../../shared/boards/recordings/', import.meta.url);
const there = existsSync(new URL('read.json', RECORDINGS));
if (!there) console.log('the recorded board pages are not there: the tests that read them are skipped');

type Row = { system: string; file: string; kind: 'list' | 'detail'; titles: string[] | null; status: number; note?: string };
const rows: Row[] = there ? JSON.parse(readFileSync(new URL('read.json', RECORDINGS), 'utf8')) : [];
const systems = await loadSystems();
const unread = [...new Set(rows.map(row => row.system).filter(system => !systems.has(system)))];
if (unread.length > 0) console.log(`no adapter reads ${unread.join(', ')}: their recordings are skipped`);

const read = ({ system, file, kind, status }: Row) =>
  readSaved(system, fileURLToPath(new URL(file, RECORDINGS)), { kind, status: String(status) });
const tidy = (title: string) => title.replace(/\s+/g, ' ').trim();

describe.skipIf(!there)('recorded pages', () => {
  test.each(rows.filter(row => systems.has(row.system)))('$file: every posting is read', async row => {
    const report = await read(row);
    if (row.titles?.length === 0) {
      expect(['gone', 'empty'], report.why).toContain(report.marker);
      expect(report.postings).toEqual([]);
      return;
    }
    expect(report.marker, report.why).toBe('board');
    if (row.titles) {
      // A place that stands in the title belongs to the places.
      const wanted = row.note?.includes('place stands in the title')
        ? row.titles.map(title => title.replace(/ \([^()]*\)$/, ''))
        : row.titles;
      expect(report.postings.map(posting => tidy(posting.title))).toEqual(wanted.map(tidy));
    } else expect(report.postings.length).toBeGreaterThan(0);
    for (const posting of report.postings) {
      expect(posting.key).not.toBe('');
      expect(posting.title).not.toBe('');
      expect(posting.url).toMatch(/^https?:\/\//);
    }
  });

  test.each(TABLE)('%s: no field is lost', async (file, told) => {
    const row = rows.find(one => one.file === file);
    if (!row) throw new Error(`${file} is not in read.json`);
    const report = await read(row);
    const shown = report.postings.map(posting => ({
      key: posting.key,
      places: posting.places.map(place => place.raw),
      pay: posting.pay ? `${posting.pay.min}-${posting.pay.max} ${posting.pay.currency}/${posting.pay.interval}` : undefined,
      // Relative dates are counted from the day the file was written.
      posted: posting.posted_at?.from.endsWith('.postedOn') ? 'relative' : posting.posted_at?.value,
      closes: posting.closes_at?.value,
      mode: posting.work_mode ?? undefined,
      employment: posting.employment_type.join(',') || undefined,
      company: posting.company ?? undefined,
      department: posting.department ?? undefined,
      requisition: posting.requisition ?? undefined,
    }));
    expect(shown).toEqual(told.map(({ text: _least, ...rest }) => rest));
    report.postings.forEach((posting, i) => {
      expect(posting.text_length).toBeGreaterThanOrEqual(told[i]?.text ?? 0);
    });
  });

  test('a trimmed listing is not complete: its own total, or a next page, says more', async () => {
    for (const row of rows.filter(one => systems.has(one.system) && /partial/.test((one as { note?: string }).note ?? ''))) {
      expect((await read(row)).complete, row.file).toBe(false);
    }
  });
});
