import { McpServer } from '@modelcontextprotocol/server';
import manifest from '../../package.json' with { type: 'json' };
import type { Ground } from './ground.ts';
import { guideResources } from './guides.ts';
import { adding, QUOTED } from './tool.ts';
import { listPaths, pathInNumbers } from './tools/paths.ts';
import { getPosting } from './tools/posting.ts';
import { searchPostings } from './tools/search.ts';
import { explainVerdict } from './tools/verdict.ts';

const INSTRUCTIONS = `Ombre finds non-clinical jobs that occupational, physical and speech therapists and their assistants can really get, and tells who may apply in the words of each posting. Begin with search_postings and a credential; explain_verdict tells why. "Not stated" means that a posting does not say: never take it for a yes or a no. Hand on the link of the employer with every job. ${QUOTED}`;

const TOOLS = [adding(searchPostings), adding(getPosting), adding(explainVerdict), adding(listPaths), adding(pathInNumbers)];

/** Arguments that no honest question has so many of. */
const MOST_VALUES = 400;

/** A server with every tool and resource, for one request or one connection: it holds nothing between them. */
export function mcpServer(ground: Ground): McpServer {
  const server = new McpServer(
    { name: 'ombre', title: 'Ombre', version: manifest.version },
    { instructions: INSTRUCTIONS, maxToolInputElements: MOST_VALUES },
  );
  for (const add of TOOLS) add(server, ground);
  guideResources(server, ground);
  return server;
}
