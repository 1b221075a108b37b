import { type Command, Option } from 'commander';
import { withDatabase } from '../app/database.ts';
import { readConfig } from '../config.ts';
import { parseQuery } from '../feed/filter.ts';
import { FEED_FORMATS, type FeedFormat, renderFeed } from '../feed/render.ts';
import { siteOf } from '../feed/site.ts';
import { migrate } from '../store/migrate.ts';
import { command } from './_commands.ts';
import { print } from './_output.ts';

export function register(program: Command): void {
  command(program, 'feed')
    .option('--filter <query>', 'which postings, as the query of a feed address', '')
    .addOption(new Option('--format <format>', 'format of the feed').choices(FEED_FORMATS).default('json'))
    .addHelpText('after', "\nExample:\n  $ ombre feed --filter 'path=utilization-review&credential=OTA' --format rss")
    .action(async (options: { filter: string; format: FeedFormat }) => {
      // Before anything is started: a mistake in the filter needs no database to be told.
      const filter = parseQuery(options.filter);
      const config = readConfig();
      await withDatabase(config, { max: 3 }, async db => {
        await migrate(db);
        await print((await renderFeed(db, filter, options.format, siteOf(config))).body);
      });
    });
}
