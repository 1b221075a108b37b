# One image for every command: `docker run ombre node src/main.ts doctor`. TypeScript runs as it is, so there is no build step.
FROM node:24.21.0-bookworm-slim

ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    OMBRE_HOME=/var/lib/ombre
WORKDIR /app

# Packages first: they change seldom, so a change of the sources builds in seconds.
COPY package.json package-lock.json .npmrc ./
# The npm package `node` brings this very Node for machines that have another one; the image has it already.
RUN npm ci --omit=dev && npm cache clean --force && rm -rf node_modules/node node_modules/node-linux-* node_modules/.bin/node
COPY . .

RUN install --directory --owner=node --group=node /var/lib/ombre
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:3000/healthz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts", "start"]
