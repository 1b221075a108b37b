import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/**
 * Judges package-lock.json against package.json: every package is of a registry and has its hash, runs nothing at its installation unless that is
 * allowed by name, and has a license that goes with ours. Ends with 1 and a sentence for each that does not.
 * node tools/check-packages.ts
 */

/** What may be installed beside an MIT program and handed on in an image: nothing that reaches over to other works. */
const LICENSES = new Set(
  'MIT MIT-0 ISC 0BSD BSD-2-Clause BSD-3-Clause Apache-2.0 BlueOak-1.0.0 CC0-1.0 Unlicense Python-2.0 PSF-2.0 OFL-1.1'.split(' '),
);
/** Of what only tests and checks need, which no image holds, also what keeps its own files open. */
const LICENSES_OF_TOOLS = new Set([...LICENSES, 'MPL-2.0']);
/** Packages whose manifest does not say it in the words of SPDX, and what their own license file or readme says. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  zipcodes: 'BSD-3-Clause',
  'pause-stream': 'MIT',
  'map-stream': 'MIT',
};

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      name: z.string().optional(),
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      dev: z.boolean().optional(),
      license: z.union([z.string(), z.array(z.string())]).optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});
const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
});

type Locked = z.infer<typeof lockSchema>['packages'][string];

/** A sentence for everything that is wrong; empty when nothing is. Throws on files of another form. */
export function problemsOf(lockFile: unknown, manifestFile: unknown): string[] {
  const { packages } = lockSchema.parse(lockFile);
  const { dependencies, devDependencies, allowScripts } = manifestSchema.parse(manifestFile);
  const locked = Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, one]) => ({ ...one, path, name: one.name ?? path.replace(/^.*node_modules\//, '') }));
  const hosts = new Set(locked.flatMap(({ resolved }) => (resolved?.startsWith('https://') ? [new URL(resolved).host] : [])));
  return [
    ...Object.entries({ ...dependencies, ...devDependencies })
      .filter(([, range]) => !/^[\^~]?\d+\.\d+\.\d+/.test(range))
      .map(([name, range]) => `${name} is asked for as ${range}: only versions of the registry are`),
    ...(hosts.size > 1 ? [`packages come from ${hosts.size} hosts, one registry is allowed: ${[...hosts].join(', ')}`] : []),
    ...locked.flatMap(one => [...originOf(one), ...scriptOf(one, allowScripts), ...licenseOf(one)].map(why => `${one.path}: ${why}`)),
    ...Object.keys(allowScripts)
      .filter(name => !locked.some(one => one.name === name && one.hasInstallScript))
      .map(name => `allowScripts names ${name}, which runs nothing or is not there`),
  ];
}

function originOf({ resolved, integrity, link }: Locked): string[] {
  const found: string[] = [];
  if (link) found.push('it is a link to a folder');
  if (resolved !== undefined && !resolved.startsWith('https://'))
    found.push(`it comes from ${resolved.split(':')[0]}, not from a registry over https`);
  if (!/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '')) found.push('it has no SHA-512 to be held to');
  return found;
}

/** Packages of other machines are never installed here, and theirs are looked at all the same. */
function scriptOf({ name = '', hasInstallScript }: Locked, allowed: Readonly<Record<string, boolean>>): string[] {
  return hasInstallScript && allowed[name] === undefined
    ? ['it runs a script when it is installed, and allowScripts says neither yes nor no']
    : [];
}

function licenseOf({ name = '', license, dev }: Locked): string[] {
  const said = READ_BY_HAND[name] ?? [license ?? []].flat().join(' OR ');
  const good = dev ? LICENSES_OF_TOOLS : LICENSES;
  const ways = said.replace(/^\((.*)\)$/, '$1').split(' OR ');
  return ways.some(way => way.split(' AND ').every(one => good.has(one))) ? [] : [`its license is ${said === '' ? 'not said' : said}`];
}

async function json(file: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`../${file}`, import.meta.url), 'utf8'));
}

if (import.meta.main) {
  const lock = await json('package-lock.json');
  const problems = problemsOf(lock, await json('package.json'));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const { packages } = lockSchema.parse(lock);
  const installed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
  process.stdout.write(
    `${Object.keys(packages).length - 1} packages are locked, ${installed.length} of them for production; ${problems.length} problems\n`,
  );
  process.exitCode = problems.length > 0 ? 1 : 0;
}
