# The service, its migrations and its batches in one image: the command says which.
#   docker build -t tabane .
#   docker run --env-file .env -p 8080:8080 tabane                         the service
#   docker run --env-file .env --rm tabane node config/migrate.ts   once per release
#   docker run --env-file .env --rm tabane node batch/run.ts --help        batches; batch/admin.ts likewise
# docker run takes a value of .env as it stands: without the quotes that .env.example asks for, which compose takes off.

FROM node:26-slim AS packages
WORKDIR /tabane
COPY package.json package-lock.json ./
COPY batch/launch/ensure-node.sh batch/launch/
# Of the weights of each font the documents use two, and the codes on letters one: the others are 200 MB.
RUN npm ci --omit=dev --no-audit --no-fund && \
  find node_modules/@expo-google-fonts -mindepth 2 -maxdepth 2 -type d ! -name 400Regular ! -name 500Medium ! -name 700Bold -exec rm -r {} +

FROM node:26-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 STAFF_HOST=0.0.0.0 STAFF_PORT=8081 STAFF_ON_PUBLIC_ADDRESS=allow METRICS_HOST=0.0.0.0 METRICS_PORT=9464 FILES_DIR=/files
RUN mkdir /files && chown node:node /files
WORKDIR /tabane
COPY --from=packages /tabane/node_modules node_modules
COPY package.json LICENSE ./
COPY config config
COPY migrations migrations
COPY templates templates
COPY src src
COPY batch batch
# A clone made under a strict umask is for its owner alone, and so are the copies.
RUN chmod -R a+rX package.json LICENSE config migrations templates src batch
USER node
VOLUME /files
EXPOSE 8080 8081 9464
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
# No npm in between: signals reach the service, which answers what it accepted before it ends.
CMD ["node", "src/main.ts"]
