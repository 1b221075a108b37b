import { readdir } from 'node:fs/promises';
import { mistake, OmbreError } from '../errors.ts';
import type { Adapter } from './adapter.ts';

const FOLDER = new URL('./adapters/', import.meta.url);

let loaded: Promise<ReadonlyMap<string, Adapter>> | null = null;

/**
 * Every board system by name, in alphabetical order: one file of the adapters folder each; files beginning with an underscore are
 * helpers. Throws E_BUG when a file exports no adapter, its name differs from the file's, or two files claim one system.
 */
export function loadSystems(): Promise<ReadonlyMap<string, Adapter>> {
  loaded ??= readFolder();
  return loaded;
}

/** The adapter of one system. Throws E_USAGE with the known names when there is none. */
export async function systemOf(name: string): Promise<Adapter> {
  const systems = await loadSystems();
  const adapter = systems.get(name);
  if (!adapter) throw mistake('E_USAGE', 'system', name, [...systems.keys()].join(', '));
  return adapter;
}

async function readFolder(): Promise<ReadonlyMap<string, Adapter>> {
  const files = (await readdir(FOLDER)).filter(file => file.endsWith('.ts') && !file.startsWith('_')).sort();
  const modules = await Promise.all(files.map(async file => [file, await import(new URL(file, FOLDER).href)] as const));
  return collect(modules);
}

/** The adapters of loaded modules by system name. Exported so that the start-up errors can be shown. */
export function collect(modules: readonly (readonly [file: string, module: unknown])[]): ReadonlyMap<string, Adapter> {
  const systems = new Map<string, Adapter>();
  for (const [file, module] of modules) {
    const adapter = (module as { adapter?: Adapter }).adapter;
    if (!adapter || typeof adapter.read !== 'function') throw new OmbreError('E_BUG', `${file} exports no adapter`);
    if (systems.has(adapter.system)) throw new OmbreError('E_BUG', `${file} claims the system ${adapter.system}, which another file has`);
    if (`${adapter.system}.ts` !== file) throw new OmbreError('E_BUG', `${file} holds the system ${adapter.system}: the names must agree`);
    systems.set(adapter.system, adapter);
  }
  return systems;
}
