import { type Kysely, type RawBuilder, sql } from 'kysely';
import { CREDENTIALS, type Path } from '../../posting/taxonomy.ts';
import type { Database } from '../schema.ts';
import { type Hiring, hiringAmong } from './employer-names.ts';
import {
  certificationsOf,
  detailOf,
  numbersOf,
  type PaidQuartiles,
  type PathDetail,
  type PathGroup,
  type PathNumbers,
  pathGroups,
  quartilesByCredential,
} from './numbers.ts';
import { type PathOpenings, POSTED, type Posted, postedWeeks, takesAmong } from './path-openings.ts';
import { type PathPayRow, type PathPays, pathPaysOf, payAmong } from './path-pay.ts';
import { allOf, SHOWN, shownTests, verdictColumn } from './shown.ts';

/** What the page of a path tells of its postings. */
export type PathToday = {
  /** Null where nothing is open. */
  numbers: PathNumbers | null;
  detail: PathDetail;
  openings: PathOpenings;
  pay: PathPays;
  /** Who has most open postings, as many as were asked for. */
  hiring: Hiring[];
};

type Read = {
  groups: PathGroup[];
  pays: PaidQuartiles[];
  certifications: PathDetail['certifications'];
  takes: [PathOpenings['takes']];
  paid: PathPayRow[];
  hiring: Hiring[];
  posted: [Posted];
};

/** Everything of one path, its open postings read once: they lie all over the table, and to fetch them costs more than to count. */
export async function pathToday(db: Kysely<Database>, path: Path, employers: number): Promise<PathToday> {
  const open = sql`open p where p.shown`;
  const parts: Record<keyof Read, RawBuilder<unknown>> = {
    groups: pathGroups(open),
    pays: quartilesByCredential(open),
    certifications: certificationsOf(open),
    takes: takesAmong(open),
    paid: payAmong(open),
    hiring: hiringAmong(open, employers),
    posted: postedWeeks(sql`open p`, path),
  };
  const columns = Object.entries(parts).map(
    ([name, rows]) => sql`(select coalesce(json_agg(r), '[]') from (${rows}) r) as ${sql.id(name)}`,
  );
  const { rows } = await sql<Read>`with open as materialized (
      select p.paths, p.roles, p.company, p.work_mode, p.first_seen, ${POSTED} as posted, p.pay, p.pay_year, p.facets, (${SHOWN}) is true as shown,
        ${sql.join(CREDENTIALS.map(verdictColumn))}
      from postings p where ${allOf(shownTests(['barred']))} and p.paths @> array[${path}]::text[])
    select ${sql.join(columns)}`.execute(db);
  const { groups, pays, certifications, takes, paid, hiring, posted } = rows[0]!;
  const [{ weeks, fresh, since }] = posted;
  const all = pays.find(({ whom }) => whom === null);
  return {
    numbers: groups.length > 0 ? numbersOf(path, groups, all) : null,
    detail: detailOf(pays, certifications),
    openings: { takes: takes[0], weeks, fresh, since: since === null ? null : new Date(since) },
    pay: pathPaysOf(paid),
    hiring,
  };
}
