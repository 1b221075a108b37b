import { z } from 'zod';
import { parseFilter } from '../../feed/filter.ts';
import { urlOf } from '../../feed/site.ts';
import { CREDENTIAL_NAMES, CREDENTIAL_SHORT, VERDICT_WORDS } from '../../feed/verdict-words.ts';
import { today } from '../../http/clocks.ts';
import { CREDENTIALS, MAY_APPLY, PATH_SLUGS, PATHS, type Path, roleName, VERDICTS } from '../../posting/taxonomy.ts';
import { feedFacets } from '../../store/feed/facets.ts';
import { type PathNumbers, type PayQuartiles, pathDetail, pathNumbers } from '../../store/feed/numbers.ts';
import { type Arguments, askedPath, PATH_ARGUMENT } from '../arguments.ts';
import type { Ground } from '../ground.ts';
import { guideUri } from '../guides.ts';
import type { Tool } from '../tool.ts';

/** Quartiles of fewer postings than these would be hardly more than single ones. */
const ENOUGH = 5;

const count = z.int().min(0);
const PAY = z
  .object({
    n: count.describe('Postings that state pay'),
    lower: z.number().nullable(),
    median: z.number().nullable(),
    upper: z.number().nullable(),
    told: z.string().describe('The same in words'),
  })
  .describe(`US dollars a year, the middle of each stated range, in quartiles; null under ${ENOUGH} postings`);

const PATHS_RESULT = z.object({
  paths: z.array(
    z.object({
      path: z.enum(PATH_SLUGS),
      name: z.string(),
      summary: z.string(),
      open: count,
      roles: z.array(z.object({ role: z.string(), name: z.string() })),
      guide: z.string().describe('The resource that holds its guide'),
    }),
  ),
  credentials: z.array(z.object({ credential: z.enum(CREDENTIALS), called: z.string(), name: z.string() })),
  verdicts: z.array(z.object({ verdict: z.enum(VERDICTS), label: z.string(), means: z.string(), may_apply: z.boolean() })),
});

const NUMBERS_RESULT = z.object({
  path: z.enum(PATH_SLUGS),
  name: z.string(),
  open: count,
  new_this_week: count,
  remote: count,
  hybrid: count,
  onsite: count,
  pay: PAY,
  by_credential: z.array(
    z.object({
      credential: z.enum(CREDENTIALS),
      called: z.string(),
      // Not `open`, which is the code of a verdict: models read the document and not its schema.
      may_apply_to: count.describe('Open postings its holders may apply to'),
      pay: PAY,
    }),
  ),
  roles: z.array(z.object({ role: z.string(), name: z.string(), open: count })),
  certifications: z.array(z.object({ name: z.string(), required: count, preferred: count })),
  page: z.string(),
});

/** The taxonomy. */
export const listPaths: Tool<z.infer<typeof PATHS_RESULT>> = {
  name: 'list_paths',
  title: 'Paths, credentials and verdicts',
  description:
    'The career paths with their roles and how many jobs are open, the five credentials, and what each verdict means: the values that the other tools take.',
  takes: {},
  result: PATHS_RESULT,
  answer: taxonomy,
};

/** One path in live numbers. */
export const pathInNumbers: Tool<z.infer<typeof NUMBERS_RESULT>> = {
  name: 'path_numbers',
  title: 'A path in numbers',
  description:
    'One career path today: open jobs, by place of work, by role and by who may apply, pay per year overall and by credential, certifications asked for most.',
  takes: PATH_ARGUMENT,
  needs: ['path'],
  result: NUMBERS_RESULT,
  answer: numbers,
};

/** The same reading that the API keeps. */
function allNumbers({ db, revisions }: Ground): Promise<PathNumbers[]> {
  return revisions.cached(`pathNumbers ${today()}`, () => pathNumbers(db));
}

async function taxonomy(ground: Ground): Promise<z.infer<typeof PATHS_RESULT>> {
  const rows = await allNumbers(ground);
  return {
    paths: PATH_SLUGS.map(path => ({
      path,
      name: PATHS[path].name,
      summary: ground.guides[path].summary,
      open: rows.find(row => row.path === path)?.open ?? 0,
      roles: PATHS[path].roles.map(role => ({ role, name: roleName(role) })),
      guide: guideUri(path),
    })),
    credentials: CREDENTIALS.map(credential => ({ credential, called: CREDENTIAL_SHORT[credential], name: CREDENTIAL_NAMES[credential] })),
    verdicts: VERDICTS.map(verdict => ({
      verdict,
      label: VERDICT_WORDS[verdict].label,
      means: VERDICT_WORDS[verdict].means,
      may_apply: MAY_APPLY.includes(verdict),
    })),
  };
}

async function numbers(ground: Ground, given: Arguments): Promise<z.infer<typeof NUMBERS_RESULT>> {
  const path = askedPath(given);
  const [rows, { facets, detail }] = await Promise.all([allNumbers(ground), ofPath(ground, path)]);
  const row = rows.find(one => one.path === path);
  const { open = 0, new_this_week = 0, remote = 0, hybrid = 0, onsite = 0 } = row ?? {};
  return {
    path,
    name: PATHS[path].name,
    open,
    new_this_week,
    remote,
    hybrid,
    onsite,
    pay: payOf(row?.pay),
    by_credential: CREDENTIALS.map(credential => ({
      credential,
      called: CREDENTIAL_SHORT[credential],
      may_apply_to: facets.find(({ value }) => value === credential)?.count ?? 0,
      pay: payOf(detail.pay_by_credential[credential]),
    })),
    roles: PATHS[path].roles.map(role => ({ role, name: roleName(role), open: row?.roles.find(one => one.role === role)?.open ?? 0 })),
    certifications: detail.certifications,
    page: urlOf(ground.site(), `/paths/${path}`, ''),
  };
}

function ofPath({ db, revisions }: Ground, path: Path) {
  return revisions.cached(`mcp path ${path}`, async () => {
    const [counted, detail] = await Promise.all([feedFacets(db, parseFilter({ path })), pathDetail(db, path)]);
    return { facets: counted.facets.credential, detail };
  });
}

function payOf(pay: PayQuartiles | null | undefined): z.infer<typeof PAY> {
  const n = pay?.n ?? 0;
  if (!pay || n < ENOUGH) {
    const told = n === 0 ? 'No posting states pay' : `${n} ${n === 1 ? 'posting states' : 'postings state'} pay: too few for quartiles`;
    return { n, lower: null, median: null, upper: null, told };
  }
  const { lower, median, upper } = pay;
  const money = (value: number) => `$${Math.round(value).toLocaleString('en-US')}`;
  return {
    n,
    lower,
    median,
    upper,
    told: `Half of ${n} postings that state pay: ${money(lower)} to ${money(upper)} a year, median ${money(median)}`,
  };
}
