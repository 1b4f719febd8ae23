# The image that the steps in tekton/ run. Its base is Node 24 and git and little else, by digest: of node:24-alpine, say,
#   skopeo inspect --format '{{.Name}}@{{.Digest}}' docker://docker.io/library/node:24-alpine
# There is no default: a tag moves, and a digest that is written here would be an old one. An image without git serves as well
# where nothing is compared with a base.
#   buildah build --build-arg BASE=docker.io/library/node@sha256:… --tag registry.example.com/portcullis .
ARG BASE
FROM ${BASE}
COPY --chown=0:0 --chmod=0444 LICENSE /opt/portcullis/LICENSE
COPY --chown=0:0 dist /opt/portcullis/dist
USER 65532:65532
WORKDIR /workspace
ENTRYPOINT ["node", "/opt/portcullis/dist/cli.js"]
CMD ["--help"]
