/** A board system that is known by its addresses and not read. `closed` says how it is known that robots.txt closes its lists to crawlers. */
type Unread = { name: string; hosts: RegExp; closed?: string };

const UNREAD: readonly Unread[] = [
  { name: 'UKG Pro', hosts: /(?:^|\.)ultipro\.(?:com|ca)$/, closed: 'as seen October 2026' },
  { name: 'Paycom', hosts: /(?:^|\.)paycomonline\.(?:net|com)$/, closed: 'as archived May 2024' },
  { name: 'Paycor', hosts: /(?:^|\.)(?:recruitingbypaycor|paycor|newton\.newtonsoftware)\.com$/, closed: 'as archived May 2024' },
  { name: 'ADP Recruiting', hosts: /^recruiting\.adp\.com$/ },
  { name: 'SchoolSpring', hosts: /(?:^|\.)schoolspring\.com$/ },
  { name: 'EdJoin', hosts: /(?:^|\.)edjoin\.org$/ },
  { name: 'Talemetry', hosts: /(?:^|\.)ttcportals\.com$/ },
  { name: 'SilkRoad', hosts: /(?:^|\.)silkroad\.com$/ },
  { name: "Dayforce's older portal", hosts: /(?:^|\.)dayforcehcm\.com$/ },
  { name: "Paylocity's older list", hosts: /^recruiting\.paylocity\.com$/ },
  { name: "Workable's job search", hosts: /^jobs\.workable\.com$/ },
  { name: 'HigherEdJobs', hosts: /(?:^|\.)higheredjobs\.com$/ },
];

/** That a host belongs to a board system which is not read, as a clause; null for any other. Ask only for addresses that no adapter recognises. */
export function unreadSystem(host: string): string | null {
  const system = UNREAD.find(({ hosts }) => hosts.test(host.toLowerCase()));
  if (!system) return null;
  const why = system.closed ? `: its robots.txt closes the lists to crawlers, ${system.closed}` : '';
  return `this is ${system.name}, which Ombre does not read${why}`;
}

/** The systems that are not read because robots.txt closes their lists to crawlers, and how that is known. */
export function closedSystems(): { name: string; closed: string }[] {
  return UNREAD.flatMap(({ name, closed }) => (closed ? [{ name, closed }] : []));
}
