import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

const Service = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).default([]),
  read_only: z.boolean().default(false),
  healthcheck: z.object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).optional(),
  depends_on: z
    .record(z.string(), z.object({ condition: z.enum(['service_healthy', 'service_completed_successfully', 'service_started']) }))
    .default({}),
});
export type ComposeService = z.infer<typeof Service>;

/** docker-compose.yml as it stands. */
export const { services, volumes } = z
  .object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.unknown()) })
  .parse(parse(read('docker-compose.yml'), { merge: true }));

/** The services that run the image of ours. */
export const ours = Object.entries(services).filter(([, service]) => service.build !== undefined);

/** The instructions of the Dockerfile, continued lines joined, comments gone. */
export const instructions = read('Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter(line => line.trim() !== '')
  .map(line => ({ name: line.split(' ')[0] as string, rest: line.slice(line.indexOf(' ') + 1) }));

export const instructionsOf = (name: string) => instructions.filter(instruction => instruction.name === name).map(({ rest }) => rest);

/** What a service finds in its environment: what the image sets, and over it what compose sets with its defaults or these variables of `.env`. */
export function environmentOf({ environment }: ComposeService, variables: Record<string, string> = {}): Record<string, string> {
  const image = [
    ...instructionsOf('ENV')
      .join(' ')
      .matchAll(/(\w+)=(\S+)/g),
  ].map(([, name = '', value = '']) => [name, value] as const);
  const interpolated = (text: string) =>
    text.replaceAll(/\$\{(\w+)(?::-([^}]*))?\}/g, (_, name: string, otherwise = '') => variables[name] || otherwise);
  const set = Object.entries(environment).map(([name, value]) => [name, interpolated(String(value))] as const);
  return Object.fromEntries([...image, ...set]);
}

/** Folders a service may write, by the path it sees: the volume's name, or null for one that is its own and gone with it. */
export function writableFolders({ volumes: mounted, tmpfs }: ComposeService): Map<string, string | null> {
  const folders = new Map<string, string | null>();
  for (const mount of tmpfs) folders.set(mount.split(':')[0] as string, null);
  for (const mount of mounted) {
    const [name = '', path = ''] = mount.split(':');
    folders.set(path, name);
  }
  return folders;
}
