import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openStored } from '../app/stored.ts';
import { readConfig } from '../config.ts';
import { type Correction, corrected, keepLabel, LONGEST_NOTE, pathText, printOf, removeLabel } from '../desk/labelling.ts';
import { mistake, OmbreError } from '../errors.ts';
import { CREDENTIALS, type Credential } from '../posting/taxonomy.ts';
import type { Answer } from '../store/schema.ts';
import { allLabels, labelOf, latestLabels } from '../store/tags/labels.ts';
import { answerOf, reviewedPosting } from '../store/tags/review.ts';
import { cliActor } from './_actor.ts';
import { command } from './_commands.ts';
import { output, say, table } from './_output.ts';
import { writeLabelled } from './_review-files.ts';

type AddOptions = {
  relevance?: string;
  path?: string;
  verdict?: string[];
  unsure?: boolean;
  note: string;
  handle?: boolean;
  apply?: boolean;
  json?: boolean;
};

const DRY = 'nothing was written; add --apply to do it';
const LISTED = 100;

export function register(program: Command): void {
  const labels = command(program, 'labels');
  labels
    .command('list')
    .description(`the newest ${LISTED} labels`)
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre labels list')
    .action(list);
  labels
    .command('add <posting>')
    .description(
      'say what is right about a stored posting; what is not given is right as it was answered. Without --apply it only says what',
    )
    .option('--relevance <relevance>', 'nonclinical, clinical or other')
    .option('--path <path>', 'the primary path, or PATH/ROLE')
    .option('--verdict <verdicts...>', 'such as OTA=named PTA=barred')
    .option('--unsure', 'another careful reader could well answer differently')
    .option('--note <text>', 'why', '')
    .option('--handle', 'also mark the open reports of the posting as handled')
    .option('--apply', 'keep the label')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre labels add abcdefghijklmnop --verdict OTA=named --apply   # the rest is right')
    .action(add);
  labels
    .command('remove <posting>')
    .description('take the label of a posting back; without --apply it only says which')
    .option('--apply', 'take it back')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre labels remove abcdefghijklmnop --apply')
    .action(remove);
  labels
    .command('export <dir>')
    .description('write every label and its posting as labels.jsonl and postings.jsonl, which `ombre eval` reads')
    .option('--overwrite', 'replace the two files when they are there')
    .addHelpText(
      'after',
      '\nExample:\n  $ ombre labels export told && ombre eval --postings told/postings.jsonl --labels told/labels.jsonl',
    )
    .action(exportAll);
}

async function list(options: { json?: boolean }): Promise<void> {
  await closing(await openStored(readConfig()), async ({ db }) => {
    const rows = await latestLabels(db, LISTED);
    const cells = rows.map(({ id, title, label, answered, at }) => [
      id,
      at.toISOString().slice(0, 10),
      title.slice(0, 50),
      inWords(label),
      inWords(answered),
    ]);
    await output(options, rows, () =>
      rows.length === 0 ? 'There is no label.' : table(['posting', 'since', 'title', 'label', 'was answered'], cells),
    );
  });
}

async function add(id: string, { json, ...options }: AddOptions): Promise<void> {
  if (options.note.length > LONGEST_NOTE) throw mistake('E_USAGE', '--note', options.note, `at most ${LONGEST_NOTE} characters`);
  const correction: Correction = { relevance: options.relevance, path: options.path, verdicts: verdictsOf(options.verdict ?? []) };
  await closing(await openStored(readConfig()), async ({ db }) => {
    const reviewed = await reviewedPosting(db, id);
    if (!reviewed) throw unknown(id);
    const before = answerOf(reviewed);
    const label = corrected(before, correction);
    const { unsure, note, handle, apply = false } = options;
    const order = { id, correction, sure: unsure ? 'low' : 'high', note, handle, print: printOf(reviewed), actor: cliActor() } as const;
    const kept = apply ? await keepLabel(db, order) : null;
    // Between the two readings lie milliseconds.
    if (typeof kept === 'string') throw new OmbreError('E_BUSY', 'the posting has just changed; look again');
    await output({ json }, { id, before, label, written: apply, reports_handled: kept?.handled ?? [] }, () =>
      [
        table(
          ['', ''],
          [
            ['was answered', inWords(before)],
            ['label', inWords(label)],
          ],
        ),
        ...(kept && kept.handled.length > 0 ? [`Reports marked as handled: ${kept.handled.join(', ')}.`] : []),
      ].join('\n'),
    );
    if (!apply) say(DRY);
  });
}

async function remove(id: string, { apply = false, json }: { apply?: boolean; json?: boolean }): Promise<void> {
  await closing(await openStored(readConfig()), async ({ db }) => {
    const row = await labelOf(db, id);
    if (!row) throw mistake('E_USAGE', 'posting', id, 'the posting of a label of `ombre labels list`');
    const written = apply && (await removeLabel(db, id, cliActor())) !== null;
    await output({ json }, { id, label: row.label, written }, () => `${written ? 'taken back' : 'would take back'}: ${inWords(row.label)}`);
    if (!apply) say(DRY);
  });
}

async function exportAll(folder: string, { overwrite = false }: { overwrite?: boolean }): Promise<void> {
  await closing(await openStored(readConfig()), async ({ db }) => {
    const rows = await allLabels(db);
    if (rows.length === 0) throw new OmbreError('E_INPUT', 'there is no label to export');
    const { postings, labels, replaced } = await writeLabelled({ folder, replace: overwrite, option: 'the folder' }, rows);
    say(`${rows.length} postings in ${postings}, their labels in ${labels}${replaced ? '; what was there is replaced' : ''}`);
  });
}

function verdictsOf(given: readonly string[]): Partial<Record<Credential, string>> {
  const pairs = given.map(text => {
    const [name, ...rest] = text.split('=');
    const credential = CREDENTIALS.find(one => one === name);
    if (credential === undefined || rest.length !== 1)
      throw mistake('E_USAGE', '--verdict', text, `CREDENTIAL=VERDICT with one of ${CREDENTIALS.join(', ')}`);
    return [credential, rest[0]!] as const;
  });
  return Object.fromEntries(pairs);
}

function unknown(id: string): OmbreError {
  return mistake('E_USAGE', 'posting', id, 'the id of a stored posting whose text was read');
}

function inWords(answer: Answer): string {
  const { relevance, verdicts } = answer;
  if (relevance !== 'nonclinical' || !verdicts) return relevance;
  return [relevance, pathText(answer), ...CREDENTIALS.map(of => `${of}=${verdicts[of]}`)].join(' ');
}
