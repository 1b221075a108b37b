import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { mistake, OmbreError } from '../errors.ts';
import { command } from './_commands.ts';
import { printText } from './_output.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Files at the paths they get, each with `.txt` behind its name so that nothing takes it for a part of the program. */
const TEMPLATES = join(ROOT, 'templates/system');
const PLACEHOLDER = /__NAME__/g;

export function register(program: Command): void {
  command(program, 'systems')
    .command('new')
    .description('write the adapter, fixtures and test of a new board system into this checkout')
    .argument('<name>', "the vendor's name in lower-case letters and digits")
    .addHelpText('after', '\nExample:\n  $ ombre systems new hiretide')
    .action(async (name: string) => {
      await printText((await writeSystem(name)).join('\n'));
    });
}

/**
 * Writes the files of a new board system, which then can be read, is tried like all others, and waits for its author. Returns their paths from the
 * root of the checkout. Throws E_USAGE, with nothing written, where there is no checkout, and for a name that is taken or of another form.
 */
async function writeSystem(name: string): Promise<string[]> {
  if (!existsSync(join(ROOT, 'test/fixtures')) || !existsSync(TEMPLATES))
    throw new OmbreError('E_USAGE', `a new system is written into a checkout of Ombre, with its tests; ${ROOT} is none`);
  if (!/^[a-z][a-z0-9]{1,23}$/.test(name)) throw mistake('E_USAGE', 'name', name, '2 to 24 lower-case letters and digits, a letter first');
  const files = readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.txt'))
    .sort();
  const paths = files.map(file => file.replace(PLACEHOLDER, name).replace(/\.txt$/, ''));
  const taken = [...paths, `test/fixtures/${name}`].find(path => existsSync(join(ROOT, path)));
  if (taken) throw mistake('E_USAGE', 'name', name, `a name that is not taken; ${taken} is there`);
  const texts = await Promise.all(files.map(file => readFile(join(TEMPLATES, file), 'utf8')));
  const written = [`test/fixtures/${name}`];
  try {
    for (const [index, path] of paths.entries()) {
      await mkdir(dirname(join(ROOT, path)), { recursive: true });
      await writeFile(join(ROOT, path), texts[index]!.replace(PLACEHOLDER, name), { flag: 'wx' });
      written.push(path);
    }
  } catch (error) {
    // A half of it would be in the way of the next try.
    for (const path of written) await rm(join(ROOT, path), { recursive: true, force: true });
    throw error instanceof Error && 'code' in error
      ? mistake('E_USAGE', 'checkout', ROOT, `one that can be written to (${error.message})`)
      : error;
  }
  return paths;
}
