# The image that the steps in tekton/ run: Node 24, git, and this repository's dist/; no shell script of ours, no build of anything.
# Another base, by its digest: --build-arg BASE=registry.example.com/node@sha256:…
ARG BASE=docker.io/library/node:24.18.0-alpine@sha256:a0b9bf06e4e6193cf7a0f58816cc935ff8c2a908f81e6f1a95432d679c54fbfd
FROM ${BASE}
# Revisions to compare with are read by git; a base that has it keeps its own.
RUN command -v git || apk add --no-cache git
COPY --chown=0:0 --chmod=0444 LICENSE /opt/portcullis/LICENSE
COPY --chown=0:0 dist /opt/portcullis/dist
USER 65532:65532
WORKDIR /workspace
# A young generation that stays small: layers pass through memory, and a third of the peak was what had passed already.
ENTRYPOINT ["node", "--max-semi-space-size=2", "/opt/portcullis/dist/cli.js"]
CMD ["--help"]
