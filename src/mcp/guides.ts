import { type McpServer, ResourceNotFoundError, ResourceTemplate } from '@modelcontextprotocol/server';
import { PATH_SLUGS, PATHS, type Path } from '../posting/taxonomy.ts';
import type { Ground } from './ground.ts';

/** The address of a path's guide, as clients ask for it. */
export function guideUri(path: Path): string {
  return `ombre://guides/${path}`;
}

/** The guides of the paths as resources. */
export function guideResources(server: McpServer, { guides }: Pick<Ground, 'guides'>): void {
  const mimeType = 'text/markdown';
  const list = () => ({
    resources: PATH_SLUGS.map(path => ({
      uri: guideUri(path),
      name: path,
      title: `Guide: ${PATHS[path].name}`,
      description: guides[path].summary,
      mimeType,
    })),
  });
  const complete = { path: (begun: string) => PATH_SLUGS.filter(path => path.startsWith(begun)) };
  server.registerResource(
    'guide',
    new ResourceTemplate('ombre://guides/{path}', { list, complete }),
    { title: 'Guides of the career paths', description: 'What the job is, a typical day, what it asks, how to get there', mimeType },
    async (uri, { path }) => {
      const known = PATH_SLUGS.find(slug => slug === path);
      if (known === undefined)
        throw new ResourceNotFoundError(
          uri.href,
          `uri is ${JSON.stringify(uri.href)}; allowed: ${guideUri(PATH_SLUGS[0]!)} and those of the other paths`,
        );
      return { contents: [{ uri: uri.href, mimeType, text: guides[known].text }] };
    },
  );
}
