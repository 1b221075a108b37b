import { SaxesParser } from 'saxes';

/** What a strict XML parser complains about; empty when the text is well-formed. */
export function xmlComplaints(text: string): string[] {
  const parser = new SaxesParser({ xmlns: true });
  const complaints: string[] = [];
  parser.on('error', error => void complaints.push(error.message));
  parser.write(text).close();
  return complaints;
}
