# One image for every command: `docker run ombre node src/main.ts doctor`. TypeScript runs as it is, so there is no build step.
# To hold it to one digest: docker build --build-arg NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:… (docs/operating.md, "What is installed").
ARG NODE_IMAGE=node:24.21.0-bookworm-slim
FROM ${NODE_IMAGE}

# Young objects get 16 MB however large the machine is: docs/operating.md, "What a small machine carries".
ENV NODE_ENV=production \
    NODE_OPTIONS=--max-semi-space-size=8 \
    HOST=0.0.0.0 \
    OMBRE_HOME=/var/lib/ombre \
    SOURCES_DIR=/var/lib/ombre-sources
WORKDIR /app

# Packages first: they change seldom, so a change of the sources builds in seconds.
COPY package.json package-lock.json .npmrc ./
# The npm package `node` brings this very Node for machines that have another one; the image has it already.
# What no program loads (source maps, types) goes too.
RUN npm ci --omit=dev && npm cache clean --force && npm run slim && rm -rf node_modules/node node_modules/node-linux-* node_modules/.bin/node
COPY . .

# What may be written belongs to the user that runs. A new volume takes over what lies here, with its owner: the registry begins as
# the image's own (/app/sources stays as it came), and the folder of the key is for nobody else's eyes.
RUN install --directory --owner=node --group=node /var/lib/ombre \
 && install --directory --owner=node --group=node --mode=700 /var/lib/ombre-keys \
 && cp --recursive sources /var/lib/ombre-sources \
 && chown --recursive node:node /var/lib/ombre-sources
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "require('http').get('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz', r => process.exit(r.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
CMD ["node", "src/main.ts", "start"]
