import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readConfig, SETTINGS } from '../src/config.ts';
import { mailSettings } from '../src/digest/settings.ts';
import { instructionsOf } from './support/compose.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (name: string) => readFileSync(path.join(ROOT, name), 'utf8');
const imageVersion = (JSON.parse(read('package.json')) as { version: string }).version;

const Probe = z.strictObject({
  httpGet: z.strictObject({ path: z.enum(['/healthz', '/readyz']), port: z.string() }).optional(),
  exec: z.strictObject({ command: z.array(z.string()) }).optional(),
  periodSeconds: z.number(),
  timeoutSeconds: z.number().optional(),
  failureThreshold: z.number().optional(),
});
const Container = z.strictObject({
  name: z.string(),
  image: z.literal(`ombre:${imageVersion}`),
  args: z.tuple([z.literal('node'), z.literal('src/main.ts'), z.string()]).rest(z.string()),
  ports: z.array(z.strictObject({ name: z.string(), containerPort: z.literal(3000) })).default([]),
  envFrom: z.tuple([
    z.strictObject({ configMapRef: z.strictObject({ name: z.string() }) }),
    z.strictObject({ secretRef: z.strictObject({ name: z.string() }) }),
  ]),
  startupProbe: Probe,
  livenessProbe: Probe,
  readinessProbe: Probe.optional(),
  resources: z.strictObject({
    requests: z.strictObject({ cpu: z.string().regex(/^\d+m$/), memory: z.string().regex(/^\d+[MG]i$/) }),
    limits: z.strictObject({ memory: z.string().regex(/^\d+[MG]i$/) }),
  }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string() })),
});
const Labels = z.strictObject({ app: z.string() });
const Deployment = z.strictObject({
  apiVersion: z.literal('apps/v1'),
  kind: z.literal('Deployment'),
  metadata: z.strictObject({ name: z.string(), namespace: z.string() }),
  spec: z.strictObject({
    replicas: z.number().int().positive(),
    strategy: z.unknown().optional(),
    selector: z.strictObject({ matchLabels: Labels }),
    template: z.strictObject({
      metadata: z.strictObject({ labels: Labels }),
      spec: z.strictObject({
        automountServiceAccountToken: z.literal(false),
        terminationGracePeriodSeconds: z.number().min(30),
        securityContext: z.looseObject({ runAsNonRoot: z.literal(true), runAsUser: z.literal(1000) }),
        containers: z.tuple([Container]),
        volumes: z.array(z.strictObject({ name: z.string(), emptyDir: z.strictObject({}) })),
      }),
    }),
  }),
});
const ConfigMap = z.object({
  kind: z.literal('ConfigMap'),
  metadata: z.object({ name: z.string() }),
  data: z.record(z.string(), z.string()),
});
const Service = z.object({ spec: z.object({ selector: Labels, ports: z.array(z.object({ targetPort: z.string() })) }) });

type Kind = { kind: string; metadata: { name: string; namespace?: string } };
const objects = parseAllDocuments(read('ops/kubernetes/ombre.yaml')).map(document => {
  if ('errors' in document && document.errors.length > 0) throw document.errors[0];
  return (document as { toJS(): unknown }).toJS() as Kind;
});
const ofKind = (kind: string) => objects.filter(object => object.kind === kind);
const deployments = ofKind('Deployment').map(object => Deployment.parse(object));
const containers = deployments.map(({ metadata, spec }) => [metadata.name, spec.template.spec] as const);

describe('the manifest of Kubernetes', () => {
  test('has sites, a worker that keeps the schedule, and workers that visit only, in one namespace', () => {
    expect(
      containers.map(
        ([
          name,
          {
            containers: [one],
          },
        ]) => [name, one.args.slice(2)],
      ),
    ).toEqual([
      ['ombre-api', ['api']],
      ['ombre-worker', ['worker']],
      ['ombre-visits', ['worker', '--no-schedule']],
    ]);
    const [namespace] = ofKind('Namespace');
    expect(objects.filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== namespace?.metadata.name)).toEqual([]);
    for (const { spec } of deployments) expect(spec.selector.matchLabels).toEqual(spec.template.metadata.labels);
    const labels = deployments.map(({ spec }) => spec.template.metadata.labels.app);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test.each(containers)('%s: takes settings that exist and mean something', (_, { containers: [one] }) => {
    const map = ConfigMap.parse(ofKind('ConfigMap').find(({ metadata }) => metadata.name === one.envFrom[0].configMapRef.name));
    for (const name of Object.keys(map.data)) expect(Object.keys(SETTINGS)).toContain(name);
    const named = /The secret `(\w+)` holds (.*?)\./.exec(read('ops/kubernetes/ombre.yaml'));
    expect(named?.[1]).toBe(one.envFrom[1].secretRef.name);
    for (const name of named?.[2]?.match(/[A-Z][A-Z_]+/g) ?? []) expect(Object.keys(SETTINGS)).toContain(name);
    expect(existsSync(path.join(ROOT, path.relative('/app', map.data.SOURCES_DIR ?? '')))).toBe(true);
  });

  test('has with its secret every setting that mails need', async () => {
    const map = ConfigMap.parse(ofKind('ConfigMap')[0]);
    const secret = {
      SMTP_URL: 'smtps://mail.example.org',
      DIGEST_KEYS: `one:${'x'.repeat(32)}`,
      DATABASE_URL: 'postgres://db.example.org/ombre',
    };
    expect((await mailSettings(readConfig({ ...map.data, ...secret }))).smtpUrl).toBe(secret.SMTP_URL);
  });

  test.each(containers)('%s: writes only where a volume is, as the image knows its folders', (_, { containers: [one], volumes }) => {
    const image = instructionsOf('ENV').join(' ');
    expect(one.volumeMounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
    expect(one.volumeMounts.map(({ mountPath }) => mountPath)).toEqual([/OMBRE_HOME=(\S+)/.exec(image)?.[1], '/tmp']);
    expect(instructionsOf('USER')).toEqual(['node']);
  });

  test.each(containers)('%s: is asked for what its command answers', (_, { containers: [one] }) => {
    const serves = one.args[2] === 'api';
    for (const probe of [one.startupProbe, one.livenessProbe]) {
      if (serves) expect(probe.httpGet).toEqual({ path: '/healthz', port: one.ports[0]?.name });
      else expect(probe.exec?.command).toEqual(['node', 'src/main.ts', 'health']);
    }
    expect(one.readinessProbe?.httpGet?.path).toBe(serves ? '/readyz' : undefined);
  });

  test('sends visitors to the sites', () => {
    const service = Service.parse(ofKind('Service')[0]);
    const [, api] = containers.find(([name]) => name === 'ombre-api')!;
    expect(service.spec.selector).toEqual(deployments[0]!.spec.template.metadata.labels);
    expect(service.spec.ports.map(({ targetPort }) => targetPort)).toEqual(api.containers[0].ports.map(({ name }) => name));
  });
});

const UNITS = ['ops/systemd/ombre.service', 'ops/systemd/ombre-worker@.service'];

describe('the units of systemd', () => {
  test.each(UNITS)('%s runs a command that exists, with the Node of the checkout and settings that exist', unit => {
    const text = read(unit);
    const [, node, main, command = ''] = /^ExecStart=\/opt\/ombre\/(\S+) (\S+) (\w+)/m.exec(text) ?? [];
    expect(node).toBe('node_modules/.bin/node');
    expect(existsSync(path.join(ROOT, main ?? ''))).toBe(true);
    expect(existsSync(path.join(ROOT, `src/cli/${command}.ts`))).toBe(true);
    const set = [...(/^Environment=(.*)$/m.exec(text)?.[1] ?? '').matchAll(/(\w+)=(\S+)/g)].map(([, name = '']) => name);
    expect(set.filter(name => !(name in SETTINGS) && !['NODE_ENV', 'NODE_OPTIONS'].includes(name))).toEqual([]);
    // Where it keeps what it keeps is the one place it may write to.
    const home = /OMBRE_HOME=\/var\/lib\/(\S+)/.exec(text)?.[1];
    expect(/^StateDirectory=(.*)$/m.exec(text)?.[1]).toBe(home);
  });

  test('are understood by systemd', async context => {
    const folder = await mkdtemp(path.join(tmpdir(), 'ombre-units-'));
    try {
      // The account and the checkout are those of another machine.
      const here = (text: string) =>
        text
          .replace('/opt/ombre/node_modules/.bin/node', process.execPath)
          .replace(/^(User|Group)=.*$/gm, '')
          .replace('/opt/ombre\n', `${ROOT}\n`);
      const files = UNITS.map(unit => path.join(folder, path.basename(unit).replace('@.', '@1.')));
      for (const [n, unit] of UNITS.entries()) await writeFile(files[n]!, here(read(unit)));
      const said = await promisify(execFile)('systemd-analyze', ['verify', '--man=no', ...files]).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        return null;
      });
      if (said === null) return context.skip('systemd-analyze is not installed: the units are only read here');
      expect(said.stderr.split('\n').filter(line => line.includes(folder))).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
