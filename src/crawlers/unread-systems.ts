/** A board system that is known by its addresses and not read, and why where there is a reason. */
type Unread = { name: string; hosts: RegExp; why?: string };

const CLOSED = 'its robots.txt closes the lists to crawlers';

const UNREAD: readonly Unread[] = [
  { name: 'UKG Pro', hosts: /(?:^|\.)ultipro\.(?:com|ca)$/, why: CLOSED },
  { name: 'Paycom', hosts: /(?:^|\.)paycomonline\.(?:net|com)$/, why: CLOSED },
  { name: 'Paycor', hosts: /(?:^|\.)(?:recruitingbypaycor|paycor|newton\.newtonsoftware)\.com$/, why: CLOSED },
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
  return system ? `this is ${system.name}, which Ombre does not read${system.why ? `: ${system.why}` : ''}` : null;
}
