import { z } from 'zod';
import { type Adapter, DEFAULTS } from '../adapter.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { judge } from '../kit/reading.ts';
import { segments } from '../kit/values.ts';
import { type BusinessTarget, businessHome, businessStart, readBusinessList } from './_taleo-business.ts';
import { type EnterpriseTarget, enterpriseHome, enterpriseStart, readEnterpriseDetail, readEnterpriseList } from './_taleo-enterprise.ts';

type Target = EnterpriseTarget | BusinessTarget;

const ENTERPRISE = /^(?!www\.)[a-z0-9-]+\.taleo\.net$/;
const BUSINESS = /^[a-z]{3}\.tbe\.taleo\.net$/;

const isBusiness = (target: Target): target is BusinessTarget => 'org' in target;

/**
 * Oracle Taleo in both editions. Enterprise: a JSON search behind each career section, posting pages whose data stands in a script. Business:
 * HTML lists, posting pages with JSON-LD. Tenants move away from it, so that a host may cease to exist.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'taleo',
  details: true,
  hosts: ['*.taleo.net', '*.tbe.taleo.net'],
  target: z.union([
    z.strictObject({
      host: z.string().regex(ENTERPRISE, 'a host such as acme.taleo.net'),
      section: z.string().regex(/^[\w-]+$/, 'the career section: ex, 2, external'),
      portal: z.string().regex(/^\d+$/).optional(),
    }),
    z.strictObject({
      host: z.string().regex(BUSINESS, 'a host such as phh.tbe.taleo.net'),
      partition: z.string().regex(/^[a-z]{3}\d\d$/),
      org: z.string().min(1),
      cws: z.string().regex(/^\d+$/),
    }),
  ]),
  example: { host: 'acme.taleo.net', section: 'ex', portal: '101430233' },
  recognise,
  home: target => (isBusiness(target) ? businessHome(target) : enterpriseHome(target)),
  start: target => [isBusiness(target) ? businessStart(target) : enterpriseStart(target)],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    if (isBusiness(target)) return page.request.kind === 'detail' ? readPostingPage(page) : readBusinessList(page, target);
    return page.request.kind === 'detail' ? readEnterpriseDetail(page) : readEnterpriseList(page, target);
  },
};

/** `/careersection/{section}/jobsearch.ftl`, and `/{partition}/ats/careers/v2/searchResults?org=&cws=` of the smaller edition. */
function recognise(url: URL): Target | null {
  const host = url.hostname.toLowerCase();
  const path = segments(url);
  if (BUSINESS.test(host)) {
    const [partition, ats, careers] = path;
    const [org, cws] = [url.searchParams.get('org'), url.searchParams.get('cws')];
    const ours = ats === 'ats' && careers === 'careers' && /^[a-z]{3}\d\d$/.test(partition ?? '');
    return ours && partition && org && cws && /^\d+$/.test(cws) ? { host, partition, org, cws } : null;
  }
  const [first, section, file] = path;
  if (!ENTERPRISE.test(host) || first !== 'careersection' || !section || !/^[\w-]+$/.test(section) || !file?.endsWith('.ftl')) return null;
  const portal = url.searchParams.get('portal');
  return { host, section, ...(portal && /^\d+$/.test(portal) ? { portal } : {}) };
}
