import type { Config } from '../config.ts';
import { OmbreError } from '../errors.ts';
import { mailSettings } from './settings.ts';

/** Told to readers where no mail can go out; which setting is missing is the operator's to know. */
export const NO_MAIL =
  'No mails can be sent from here at the moment, so nobody can subscribe. The feeds work: they bring the same postings.';

/** Null when the settings let mails go out; else the sentence that names the setting to mend. */
export async function whyNoMail(config: Config): Promise<string | null> {
  try {
    await mailSettings(config);
    return null;
  } catch (error) {
    if (!(error instanceof OmbreError) || error.action !== 'user') throw error;
    return error.message;
  }
}
