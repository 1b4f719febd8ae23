/**
 * Groups of artifacts whose archives do not say them: builds by Gradle and Ant write no `pom.properties`. Taken from what Maven Central publishes under
 * these names (https://central.sonatype.com). An artifact that is not here stays without a group: it is not guessed.
 */
export function knownGroup(artifact: string, version: string): string | undefined {
  const major = Number.parseInt(version, 10)
  return groups.find(
    ({ artifacts, from = 0, below = Number.POSITIVE_INFINITY }) => artifacts.test(artifact) && major >= from && major < below,
  )?.group
}

interface KnownGroup {
  readonly artifacts: RegExp
  readonly group: string
  /** Major versions; `below` is exclusive. */
  readonly from?: number
  readonly below?: number
}

const groups: readonly KnownGroup[] = [
  { artifacts: /^ant(-.+)?$/, group: 'org.apache.ant' },
  { artifacts: /^bc(fips|jmail|mail|pg|pkix|prov|tls|util)(-.+)?$/, group: 'org.bouncycastle' },
  { artifacts: /^dom4j$/, group: 'dom4j', below: 2 },
  { artifacts: /^dom4j$/, group: 'org.dom4j', from: 2 },
  { artifacts: /^elasticsearch(-.+)?$/, group: 'org.elasticsearch' },
  { artifacts: /^graphql-java$/, group: 'com.graphql-java' },
  { artifacts: /^groovy(-.+)?$/, group: 'org.codehaus.groovy', below: 4 },
  { artifacts: /^groovy(-.+)?$/, group: 'org.apache.groovy', from: 4 },
  { artifacts: /^grpc-.+$/, group: 'io.grpc' },
  { artifacts: /^h2$/, group: 'com.h2database' },
  { artifacts: /^hibernate-core$/, group: 'org.hibernate', below: 6 },
  { artifacts: /^hibernate-core$/, group: 'org.hibernate.orm', from: 6 },
  { artifacts: /^kafka(-clients|-streams|_2\.\d+)$/, group: 'org.apache.kafka' },
  { artifacts: /^kotlin-(reflect|stdlib(-.+)?)$/, group: 'org.jetbrains.kotlin' },
  { artifacts: /^lucene-.+$/, group: 'org.apache.lucene' },
  { artifacts: /^micrometer-.+$/, group: 'io.micrometer' },
  { artifacts: /^okhttp(-.+)?$/, group: 'com.squareup.okhttp3', from: 3 },
  { artifacts: /^okio(-jvm)?$/, group: 'com.squareup.okio' },
  { artifacts: /^opentelemetry-(api|context|sdk(-.+)?|exporter-.+)$/, group: 'io.opentelemetry' },
  { artifacts: /^postgresql$/, group: 'org.postgresql' },
  { artifacts: /^reactor-core$/, group: 'io.projectreactor' },
  { artifacts: /^reactor-netty(-.+)?$/, group: 'io.projectreactor.netty' },
  { artifacts: /^rxjava$/, group: 'io.reactivex', below: 2 },
  { artifacts: /^rxjava$/, group: 'io.reactivex.rxjava2', from: 2, below: 3 },
  { artifacts: /^rxjava$/, group: 'io.reactivex.rxjava3', from: 3 },
  { artifacts: /^spring-(amqp|rabbit(-.+)?)$/, group: 'org.springframework.amqp' },
  {
    artifacts:
      /^spring-(aop|aspects|beans|context(-indexer|-support)?|core|expression|instrument|jcl|jdbc|jms|messaging|orm|oxm|r2dbc|test|tx|web|webflux|webmvc|websocket)$/,
    group: 'org.springframework',
  },
  { artifacts: /^spring-batch-.+$/, group: 'org.springframework.batch' },
  { artifacts: /^spring-boot(-.+)?$/, group: 'org.springframework.boot' },
  { artifacts: /^spring-graphql$/, group: 'org.springframework.graphql' },
  { artifacts: /^spring-integration-.+$/, group: 'org.springframework.integration' },
  { artifacts: /^spring-kafka$/, group: 'org.springframework.kafka' },
  { artifacts: /^spring-security-.+$/, group: 'org.springframework.security' },
  { artifacts: /^spring-session-.+$/, group: 'org.springframework.session' },
  { artifacts: /^tomcat-embed-.+$/, group: 'org.apache.tomcat.embed' },
  { artifacts: /^tomcat-(?!embed-).+$/, group: 'org.apache.tomcat' },
  { artifacts: /^xalan$/, group: 'xalan' },
  { artifacts: /^xercesImpl$/, group: 'xerces' },
]
