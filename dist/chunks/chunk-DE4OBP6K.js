import{a as g,b as k,c as h,e as S,f as P,z as R}from"./chunk-6KPYXDLK.js";import{e as v}from"./chunk-YUCTUP7G.js";import{c as d}from"./chunk-LSXW7MAQ.js";function T(){return{pods:g(e=>v(e)),networkPolicy:g(h),service:g(S)}}function N({objects:e},s=T()){let t,i,a,o,n={get pods(){return t??=e.flatMap(s.pods),t},objectsOf(c){return i??=Map.groupBy(e,r=>r.kind),i.get(c)??[]},get networkPolicies(){return a??=k(n.objectsOf,s.networkPolicy),a},get reachability(){return o??=P(n.pods,n.objectsOf,n.networkPolicies,s.service),o}};return n}function C(e,s){let t=e.toLowerCase(),i=s.find(n=>n.toLowerCase()===t);if(i!==void 0)return i;if(e.length<4||e.length>60)return;let a=e.length<8?1:2,o=s.filter(n=>Math.abs(n.length-e.length)<=a&&M(t,n.toLowerCase())<=a);return o.length===1?o[0]:void 0}function M(e,s){let[t,i]=[[],Array.from({length:s.length+1},(a,o)=>o)];for(let a=1;a<=e.length;a+=1){let o=[a];for(let n=1;n<=s.length;n+=1){let c=e[a-1]===s[n-1],r=Math.min((i[n]??0)+1,(o[n-1]??0)+1,(i[n-1]??0)+(c?0:1));a>1&&n>1&&e[a-1]===s[n-2]&&e[a-2]===s[n-1]&&(r=Math.min(r,(t[n-2]??0)+1)),o.push(r)}[t,i]=[i,o]}return i[s.length]??0}function O(e,s){let t=[];return y(e,s,[],t),t}function y(e,s,t,i){if(s.kind==="any"||e.kind==="absent"||e.kind==="null")return;let a=L(e,s);if(a!==void 0)i.push({...U(e,a),...j(e,s)});else if(s.kind==="object")q(e,s,t,i);else if(s.kind==="map")for(let[,o]of e.entries())y(o,s.of,t,i);else if(s.kind==="list")for(let o of e.items())y(o,s.of,t,i)}function L(e,s){switch(s.kind){case"any":return;case"object":case"map":return e.kind==="map"?void 0:"a map";case"list":return e.kind==="list"?void 0:"a list";case"enum":return typeof e.value=="string"&&s.values.includes(e.value)?void 0:`one of ${s.values.map(t=>d(t)).join(", ")}`;case"scalar":return G(e,s.type)?void 0:_.get(s.type)}}function q(e,s,t,i){let a=new Set,o=[...t,s];for(let[n,c]of e.entries()){let r=s.field(n);c.kind!=="null"&&a.add(n),r!==void 0?y(c,r,o,i):s.isOpen||i.push({kind:"unknown-field",field:c,...F(n,s,t,e)})}for(let n of s.required)a.has(n)||i.push({kind:"missing-field",field:e.at(n),message:`field ${d(n)} is missing`})}function F(e,s,t,i){let a=i.path.length===0?"the object":d(i.path.filter(p=>typeof p=="string").slice(-2).join(".")),o=t.findLast(p=>p.field(e)!==void 0),n=s.names.find(p=>{let m=s.field(p),b=m?.kind==="list"?m.of:m;return b?.kind==="object"&&b.field(e)!==void 0}),c=C(e,s.names),l=w.has(e)||c!==void 0&&w.has(c)?{severity:"high"}:{};if(c!==void 0){let p=i.at(c).kind==="absent";return{message:`${a} has no field ${d(e)}; ${d(c)} may be meant`,...l,...p&&{meant:c}}}return o!==void 0?{message:`${a} has no field ${d(e)}; it belongs further out`,...l}:n!==void 0?{message:`${a} has no field ${d(e)}; it belongs into ${d(n)}`,...l}:{message:`${a} has no field ${d(e)}`,...l}}var w=new Set(["allowPrivilegeEscalation","automountServiceAccountToken","capabilities","egress","ingress","limits","mtls","podSelector","policyTypes","readOnlyRootFilesystem","resourceNames","runAsNonRoot","runAsUser","seccompProfile","securityContext","tls"]);function U(e,s){let t=String(e.path.findLast(c=>typeof c=="string")??"the object"),i=e.kind==="scalar"?`${typeof e.value=="bigint"?"number":typeof e.value} ${d(String(e.value),40)}`:`a ${e.kind}`,{text:a,value:o}=e,n=a!==void 0&&typeof o!="string"&&a!==String(o)?`, written ${d(a,40)}`:"";return{kind:"wrong-type",field:e,message:`${d(t)} must be ${s}, and is ${i}${n}`}}function j({value:e,text:s=""},t){return t.kind!=="scalar"?{}:t.type==="string"&&typeof e!="string"&&/^[\w.+-]+$/.test(s)?{rewritten:`"${s}"`}:typeof e!="string"?{}:t.type==="boolean"&&/^(?:true|false)$/.test(e)||t.type==="integer"&&/^(?:0|[1-9]\d{0,14})$/.test(e)?{rewritten:e}:{}}var _=new Map([["boolean","true or false"],["int-or-string","a whole number or a string"],["integer","a whole number"],["number","a number"],["parameter","a string, a list or a map"],["quantity","a quantity such as 500m or 1Gi"],["string","a string"]]);function G({kind:e,value:s},t){switch(t){case"boolean":case"string":return typeof s===t;case"integer":return typeof s=="bigint"||Number.isInteger(s);case"number":return typeof s=="bigint"||typeof s=="number";case"int-or-string":return typeof s=="string"||typeof s=="bigint"||Number.isInteger(s);case"parameter":return e!=="scalar"||typeof s=="string";case"quantity":return typeof s=="number"||typeof s=="bigint"||typeof s=="string"&&B(s)}}function B(e){return/^[+-]?(?:\d{1,40}\.?\d{0,40}|\.\d{1,40})(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d{1,4})?$/.test(e)}var u={kind:"any"};var H=64;function f(e,s,t=0){let i=$(e);if(t>H||i===void 0)return u;let a=i("$ref");if(typeof a=="string")return s(a);if(i("x-kubernetes-int-or-string")===!0||i("format")==="int-or-string")return{kind:"scalar",type:"int-or-string"};let o=n=>f(n,s,t+1);switch(i("type")){case"array":return{kind:"list",of:o(i("items"))};case"object":return E(i,o);case"string":{let n=i("enum");return Array.isArray(n)&&n.every(r=>typeof r=="string")?{kind:"enum",values:n}:{kind:"scalar",type:"string"}}case"boolean":case"integer":case"number":return{kind:"scalar",type:i("type")};default:return i("properties")===void 0?u:E(i,o)}}function $(e){if(!(typeof e!="object"||e===null))return s=>Object.hasOwn(e,s)?Reflect.get(e,s):void 0}function E(e,s){let[t,i,a]=[e("properties"),e("additionalProperties"),e("required")],o=e("x-kubernetes-preserve-unknown-fields")===!0||e("x-kubernetes-embedded-resource")===!0;if(typeof t!="object"||t===null)return typeof i=="object"&&i!==null?{kind:"map",of:s(i)}:u;let n=Array.isArray(a)?a.filter(c=>typeof c=="string"):[];return K(new Map(Object.entries(t)),n,o||i!==void 0&&i!==!1,s)}function K(e,s,t,i){let a=new Map;return{kind:"object",names:[...e.keys()],required:s,isOpen:t,field(o){let n=a.get(o);if(n!==void 0||!e.has(o))return n;let c=i(e.get(o));return a.set(o,c),c}}}var A=[["b","boolean"],["i","integer"],["n","number"],["p","parameter"],["q","quantity"],["s","string"],["x","int-or-string"]],z=new Map(A),be=new Map(A.map(([e,s])=>[s,e]));function V(e){let s=new Map,t=i=>{let[a=""]=i;if(a==="[")return{kind:"list",of:t(i.slice(1))};if(a==="{")return{kind:"map",of:t(i.slice(1))};if(a==="(")return{kind:"enum",values:i.slice(1,-1).split("|")};let o=z.get(i);if(o!==void 0)return{kind:"scalar",type:o};let n=Number(i),c=i==="*"?void 0:e[n];if(c===void 0)return u;let r=s.get(n)??W(c,t);return s.set(n,r),r};return t}function W(e,s){let t=e.startsWith("~"),i=e.replace("~","").split(" ").filter(r=>r!==""),a=new Map(i.map(r=>[r.slice(0,r.indexOf("=")),r.slice(r.indexOf("=")+1)])),o=[...a.keys()].filter(r=>r.endsWith("!")).map(r=>r.slice(0,-1)),n=new Map([...a].map(([r,l])=>[r.replace(/!$/,""),l])),c=new Map;return{kind:"object",names:[...n.keys()],required:o,isOpen:t,field(r){let l=n.get(r);if(l===void 0)return;let p=c.get(r)??s(l);return c.set(r,p),p}}}var x=`admissionregistration.k8s.io/v1/MutatingAdmissionPolicy 0
admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding 13
admissionregistration.k8s.io/v1/MutatingWebhookConfiguration 16
admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy 21
admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding 29
admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration 31
admissionregistration.k8s.io/v1alpha1/MutatingAdmissionPolicy 0
admissionregistration.k8s.io/v1alpha1/MutatingAdmissionPolicyBinding 13
admissionregistration.k8s.io/v1beta1/MutatingAdmissionPolicy 0
admissionregistration.k8s.io/v1beta1/MutatingAdmissionPolicyBinding 13
apiextensions.k8s.io/v1/CustomResourceDefinition 33
apiregistration.k8s.io/v1/APIService 49
apps/v1/ControllerRevision 54
apps/v1/DaemonSet 55
apps/v1/Deployment 157
apps/v1/ReplicaSet 161
apps/v1/StatefulSet 164
authentication.k8s.io/v1/TokenRequest 175
autoscaling/v1/HorizontalPodAutoscaler 179
autoscaling/v2/HorizontalPodAutoscaler 183
batch/v1/CronJob 202
batch/v1/Job 214
certificates.k8s.io/v1/CertificateSigningRequest 217
certificates.k8s.io/v1alpha1/ClusterTrustBundle 220
certificates.k8s.io/v1beta1/ClusterTrustBundle 220
certificates.k8s.io/v1beta1/PodCertificateRequest 222
coordination.k8s.io/v1/Lease 225
coordination.k8s.io/v1alpha2/LeaseCandidate 227
coordination.k8s.io/v1beta1/LeaseCandidate 227
discovery.k8s.io/v1/EndpointSlice 229
events.k8s.io/v1/Event 234
extensions.istio.io/v1alpha1/TrafficExtension 237
extensions.istio.io/v1alpha1/WasmPlugin 251
flowcontrol.apiserver.k8s.io/v1/FlowSchema 253
flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration 263
internal.apiserver.k8s.io/v1alpha1/StorageVersion 269
networking.istio.io/v1/DestinationRule 273
networking.istio.io/v1/Gateway 300
networking.istio.io/v1/ServiceEntry 306
networking.istio.io/v1/Sidecar 311
networking.istio.io/v1/VirtualService 318
networking.istio.io/v1/WorkloadEntry 344
networking.istio.io/v1/WorkloadGroup 345
networking.istio.io/v1alpha3/DestinationRule 273
networking.istio.io/v1alpha3/EnvoyFilter 353
networking.istio.io/v1alpha3/Gateway 300
networking.istio.io/v1alpha3/ServiceEntry 306
networking.istio.io/v1alpha3/Sidecar 311
networking.istio.io/v1alpha3/VirtualService 318
networking.istio.io/v1alpha3/WorkloadEntry 344
networking.istio.io/v1alpha3/WorkloadGroup 345
networking.istio.io/v1beta1/DestinationRule 273
networking.istio.io/v1beta1/Gateway 300
networking.istio.io/v1beta1/ProxyConfig 367
networking.istio.io/v1beta1/ServiceEntry 306
networking.istio.io/v1beta1/Sidecar 311
networking.istio.io/v1beta1/VirtualService 318
networking.istio.io/v1beta1/WorkloadEntry 344
networking.istio.io/v1beta1/WorkloadGroup 345
networking.k8s.io/v1/IPAddress 370
networking.k8s.io/v1/Ingress 373
networking.k8s.io/v1/IngressClass 386
networking.k8s.io/v1/NetworkPolicy 389
networking.k8s.io/v1/ServiceCIDR 396
networking.k8s.io/v1beta1/IPAddress 370
networking.k8s.io/v1beta1/ServiceCIDR 396
node.k8s.io/v1/RuntimeClass 399
policy/v1/PodDisruptionBudget 402
rbac.authorization.k8s.io/v1/ClusterRole 405
rbac.authorization.k8s.io/v1/ClusterRoleBinding 408
rbac.authorization.k8s.io/v1/Role 409
rbac.authorization.k8s.io/v1/RoleBinding 408
resource.k8s.io/v1/DeviceClass 410
resource.k8s.io/v1/ResourceClaim 416
resource.k8s.io/v1/ResourceClaimTemplate 433
resource.k8s.io/v1/ResourceSlice 435
resource.k8s.io/v1alpha3/DeviceTaintRule 448
resource.k8s.io/v1alpha3/ResourcePoolStatusRequest 451
resource.k8s.io/v1beta1/DeviceClass 410
resource.k8s.io/v1beta1/ResourceClaim 455
resource.k8s.io/v1beta1/ResourceClaimTemplate 459
resource.k8s.io/v1beta1/ResourceSlice 461
resource.k8s.io/v1beta2/DeviceClass 410
resource.k8s.io/v1beta2/DeviceTaintRule 448
resource.k8s.io/v1beta2/ResourceClaim 416
resource.k8s.io/v1beta2/ResourceClaimTemplate 433
resource.k8s.io/v1beta2/ResourceSlice 435
scheduling.k8s.io/v1/PriorityClass 465
scheduling.k8s.io/v1alpha2/PodGroup 466
scheduling.k8s.io/v1alpha2/Workload 476
security.istio.io/v1/AuthorizationPolicy 479
security.istio.io/v1/PeerAuthentication 487
security.istio.io/v1/RequestAuthentication 490
security.istio.io/v1beta1/AuthorizationPolicy 479
security.istio.io/v1beta1/PeerAuthentication 487
security.istio.io/v1beta1/RequestAuthentication 490
storage.k8s.io/v1/CSIDriver 495
storage.k8s.io/v1/CSINode 498
storage.k8s.io/v1/CSIStorageCapacity 502
storage.k8s.io/v1/StorageClass 503
storage.k8s.io/v1/VolumeAttachment 506
storage.k8s.io/v1/VolumeAttributesClass 524
storage.k8s.io/v1beta1/VolumeAttributesClass 524
storagemigration.k8s.io/v1beta1/StorageVersionMigration 525
tekton.dev/v1/Pipeline 529
tekton.dev/v1/PipelineRun 553
tekton.dev/v1/Task 566
tekton.dev/v1/TaskRun 568
tekton.dev/v1alpha1/Run 582
tekton.dev/v1alpha1/StepAction 585
tekton.dev/v1alpha1/VerificationPolicy 587
tekton.dev/v1beta1/ClusterTask 592
tekton.dev/v1beta1/CustomRun 599
tekton.dev/v1beta1/Pipeline 603
tekton.dev/v1beta1/PipelineRun 612
tekton.dev/v1beta1/StepAction 585
tekton.dev/v1beta1/Task 592
tekton.dev/v1beta1/TaskRun 626
telemetry.istio.io/v1/Telemetry 630
telemetry.istio.io/v1alpha1/Telemetry 630
v1/APIGroup 642
v1/APIVersions 645
v1/ComponentStatus 646
v1/ConfigMap 648
v1/Endpoints 649
v1/Event 653
v1/LimitRange 655
v1/Namespace 658
v1/Node 661
v1/PersistentVolume 677
v1/PersistentVolumeClaim 170
v1/Pod 679
v1/PodTemplate 695
v1/ReplicationController 696
v1/ResourceQuota 699
v1/Secret 704
v1/Service 705
v1/ServiceAccount 713`,I=`apiVersion=s kind=s metadata=1 spec=4
annotations={s creationTimestamp=s deletionGracePeriodSeconds=i deletionTimestamp=s finalizers=[s generateName=s generation=i labels={s managedFields=[2 name=s namespace=s ownerReferences=[3 resourceVersion=s selfLink=s uid=s
apiVersion=s fieldsType=s fieldsV1=* manager=s operation=s subresource=s time=s
apiVersion!=s blockOwnerDeletion=b controller=b kind!=s name!=s uid!=s
failurePolicy=s matchConditions=[5 matchConstraints=6 mutations=[10 paramKind=12 reinvocationPolicy=s variables=[5
expression!=s name!=s
excludeResourceRules=[7 matchPolicy=s namespaceSelector=8 objectSelector=8 resourceRules=[7
apiGroups=[s apiVersions=[s operations=[s resourceNames=[s resources=[s scope=s
matchExpressions=[9 matchLabels={s
key!=s operator!=s values=[s
applyConfiguration=11 jsonPatch=11 patchType!=s
expression=s
apiVersion=s kind=s
apiVersion=s kind=s metadata=1 spec=14
matchResources=6 paramRef=15 policyName=s
name=s namespace=s parameterNotFoundAction=s selector=8
apiVersion=s kind=s metadata=1 webhooks=[17
admissionReviewVersions!=[s clientConfig!=18 failurePolicy=s matchConditions=[5 matchPolicy=s name!=s namespaceSelector=8 objectSelector=8 reinvocationPolicy=s rules=[20 sideEffects!=s timeoutSeconds=i
caBundle=s service=19 url=s
name!=s namespace!=s path=s port=i
apiGroups=[s apiVersions=[s operations=[s resources=[s scope=s
apiVersion=s kind=s metadata=1 spec=22 status=25
auditAnnotations=[23 failurePolicy=s matchConditions=[5 matchConstraints=6 paramKind=12 validations=[24 variables=[5
key!=s valueExpression!=s
expression!=s message=s messageExpression=s reason=s
conditions=[26 observedGeneration=i typeChecking=27
lastTransitionTime!=s message!=s observedGeneration=i reason!=s status!=s type!=s
expressionWarnings=[28
fieldRef!=s warning!=s
apiVersion=s kind=s metadata=1 spec!=30
matchResources=6 paramRef=15 policyName!=s validationActions!=[s
apiVersion=s kind=s metadata=1 webhooks=[32
admissionReviewVersions!=[s clientConfig!=18 failurePolicy=s matchConditions=[5 matchPolicy=s name!=s namespaceSelector=8 objectSelector=8 rules=[20 sideEffects!=s timeoutSeconds=i
apiVersion=s kind=s metadata=1 spec!=34 status=47
conversion=35 group!=s names!=37 preserveUnknownFields=b scope!=s versions!=[38
strategy!=s webhook=36
clientConfig=18 conversionReviewVersions!=[s
categories=[s kind!=s listKind=s plural!=s shortNames=[s singular=s
additionalPrinterColumns=[39 deprecated=b deprecationWarning=s name!=s schema=40 selectableFields=[44 served!=b storage!=b subresources=45
description=s format=s jsonPath!=s name!=s priority=i type!=s
openAPIV3Schema=41
$ref=s $schema=s additionalItems=* additionalProperties=* allOf=[41 anyOf=[41 default=* definitions={41 dependencies={* description=s enum=[* example=* exclusiveMaximum=b exclusiveMinimum=b externalDocs=42 format=s id=s items=* maxItems=i maxLength=i maxProperties=i maximum=n minItems=i minLength=i minProperties=i minimum=n multipleOf=n not=41 nullable=b oneOf=[41 pattern=s patternProperties={41 properties={41 required=[s title=s type=s uniqueItems=b x-kubernetes-embedded-resource=b x-kubernetes-int-or-string=b x-kubernetes-list-map-keys=[s x-kubernetes-list-type=s x-kubernetes-map-type=s x-kubernetes-preserve-unknown-fields=b x-kubernetes-validations=[43
description=s url=s
fieldPath=s message=s messageExpression=s optionalOldSelf=b reason=s rule!=s
jsonPath!=s
scale=46 status=*
labelSelectorPath=s specReplicasPath!=s statusReplicasPath!=s
acceptedNames=37 conditions=[48 observedGeneration=i storedVersions=[s
lastTransitionTime=s message=s observedGeneration=i reason=s status!=s type!=s
apiVersion=s kind=s metadata=1 spec=50 status=52
caBundle=s group=s groupPriorityMinimum!=i insecureSkipTLSVerify=b service=51 version=s versionPriority!=i
name=s namespace=s port=i
conditions=[53
lastTransitionTime=s message=s reason=s status!=s type!=s
apiVersion=s data=* kind=s metadata=1 revision!=i
apiVersion=s kind=s metadata=1 spec=56 status=156
minReadySeconds=i revisionHistoryLimit=i selector!=8 template!=57 updateStrategy=154
metadata=1 spec=58
activeDeadlineSeconds=i affinity=59 automountServiceAccountToken=b containers!=[67 dnsConfig=98 dnsPolicy=s enableServiceLinks=b ephemeralContainers=[100 hostAliases=[101 hostIPC=b hostNetwork=b hostPID=b hostUsers=b hostname=s hostnameOverride=s imagePullSecrets=[102 initContainers=[67 nodeName=s nodeSelector={s os=103 overhead={q preemptionPolicy=s priority=i priorityClassName=s readinessGates=[104 resourceClaims=[105 resources=87 restartPolicy=s runtimeClassName=s schedulerName=s schedulingGates=[103 schedulingGroup=106 securityContext=107 serviceAccount=s serviceAccountName=s setHostnameAsFQDN=b shareProcessNamespace=b subdomain=s terminationGracePeriodSeconds=i tolerations=[108 topologySpreadConstraints=[109 volumes=[110
nodeAffinity=60 podAffinity=64 podAntiAffinity=64
preferredDuringSchedulingIgnoredDuringExecution=[61 requiredDuringSchedulingIgnoredDuringExecution=63
preference!=62 weight!=i
matchExpressions=[9 matchFields=[9
nodeSelectorTerms!=[62
preferredDuringSchedulingIgnoredDuringExecution=[65 requiredDuringSchedulingIgnoredDuringExecution=[66
podAffinityTerm!=66 weight!=i
labelSelector=8 matchLabelKeys=[s mismatchLabelKeys=[s namespaceSelector=8 namespaces=[s topologyKey!=s
args=[s command=[s env=[68 envFrom=[74 image=s imagePullPolicy=s lifecycle=76 livenessProbe=83 name!=s ports=[85 readinessProbe=83 resizePolicy=[86 resources=87 restartPolicy=s restartPolicyRules=[89 securityContext=91 startupProbe=83 stdin=b stdinOnce=b terminationMessagePath=s terminationMessagePolicy=s tty=b volumeDevices=[96 volumeMounts=[97 workingDir=s
name!=s value=s valueFrom=69
configMapKeyRef=70 fieldRef=71 fileKeyRef=72 resourceFieldRef=73 secretKeyRef=70
key!=s name=s optional=b
apiVersion=s fieldPath!=s
key!=s optional=b path!=s volumeName!=s
containerName=s divisor=q resource!=s
configMapRef=75 prefix=s secretRef=75
name=s optional=b
postStart=77 preStop=77 stopSignal=s
exec=78 httpGet=79 sleep=81 tcpSocket=82
command=[s
host=s httpHeaders=[80 path=s port!=x scheme=s
name!=s value!=s
seconds!=i
host=s port!=x
exec=78 failureThreshold=i grpc=84 httpGet=79 initialDelaySeconds=i periodSeconds=i successThreshold=i tcpSocket=82 terminationGracePeriodSeconds=i timeoutSeconds=i
port!=i service=s
containerPort!=i hostIP=s hostPort=i name=s protocol=s
resourceName!=s restartPolicy!=s
claims=[88 limits={q requests={q
name!=s request=s
action!=s exitCodes=90
operator!=s values=[i
allowPrivilegeEscalation=b appArmorProfile=92 capabilities=93 privileged=b procMount=s readOnlyRootFilesystem=b runAsGroup=i runAsNonRoot=b runAsUser=i seLinuxOptions=94 seccompProfile=92 windowsOptions=95
localhostProfile=s type!=s
add=[s drop=[s
level=s role=s type=s user=s
gmsaCredentialSpec=s gmsaCredentialSpecName=s hostProcess=b runAsUserName=s
devicePath!=s name!=s
mountPath!=s mountPropagation=s name!=s readOnly=b recursiveReadOnly=s subPath=s subPathExpr=s
nameservers=[s options=[99 searches=[s
name=s value=s
args=[s command=[s env=[68 envFrom=[74 image=s imagePullPolicy=s lifecycle=76 livenessProbe=83 name!=s ports=[85 readinessProbe=83 resizePolicy=[86 resources=87 restartPolicy=s restartPolicyRules=[89 securityContext=91 startupProbe=83 stdin=b stdinOnce=b targetContainerName=s terminationMessagePath=s terminationMessagePolicy=s tty=b volumeDevices=[96 volumeMounts=[97 workingDir=s
hostnames=[s ip!=s
name=s
name!=s
conditionType!=s
name!=s resourceClaimName=s resourceClaimTemplateName=s
podGroupName=s
appArmorProfile=92 fsGroup=i fsGroupChangePolicy=s runAsGroup=i runAsNonRoot=b runAsUser=i seLinuxChangePolicy=s seLinuxOptions=94 seccompProfile=92 supplementalGroups=[i supplementalGroupsPolicy=s sysctls=[80 windowsOptions=95
effect=s key=s operator=s tolerationSeconds=i value=s
labelSelector=8 matchLabelKeys=[s maxSkew!=i minDomains=i nodeAffinityPolicy=s nodeTaintsPolicy=s topologyKey!=s whenUnsatisfiable!=s
awsElasticBlockStore=111 azureDisk=112 azureFile=113 cephfs=114 cinder=115 configMap=116 csi=118 downwardAPI=119 emptyDir=121 ephemeral=122 fc=128 flexVolume=129 flocker=130 gcePersistentDisk=131 gitRepo=132 glusterfs=133 hostPath=134 image=135 iscsi=136 name!=s nfs=137 persistentVolumeClaim=138 photonPersistentDisk=139 portworxVolume=140 projected=141 quobyte=148 rbd=149 scaleIO=150 secret=151 storageos=152 vsphereVolume=153
fsType=s partition=i readOnly=b volumeID!=s
cachingMode=s diskName!=s diskURI!=s fsType=s kind=s readOnly=b
readOnly=b secretName!=s shareName!=s
monitors!=[s path=s readOnly=b secretFile=s secretRef=102 user=s
fsType=s readOnly=b secretRef=102 volumeID!=s
defaultMode=i items=[117 name=s optional=b
key!=s mode=i path!=s
driver!=s fsType=s nodePublishSecretRef=102 readOnly=b volumeAttributes={s
defaultMode=i items=[120
fieldRef=71 mode=i path!=s resourceFieldRef=73
medium=s sizeLimit=q
volumeClaimTemplate=123
metadata=1 spec!=124
accessModes=[s dataSource=125 dataSourceRef=126 resources=127 selector=8 storageClassName=s volumeAttributesClassName=s volumeMode=s volumeName=s
apiGroup=s kind!=s name!=s
apiGroup=s kind!=s name!=s namespace=s
limits={q requests={q
fsType=s lun=i readOnly=b targetWWNs=[s wwids=[s
driver!=s fsType=s options={s readOnly=b secretRef=102
datasetName=s datasetUUID=s
fsType=s partition=i pdName!=s readOnly=b
directory=s repository!=s revision=s
endpoints!=s path!=s readOnly=b
path!=s type=s
pullPolicy=s reference=s
chapAuthDiscovery=b chapAuthSession=b fsType=s initiatorName=s iqn!=s iscsiInterface=s lun!=i portals=[s readOnly=b secretRef=102 targetPortal!=s
path!=s readOnly=b server!=s
claimName!=s readOnly=b
fsType=s pdID!=s
fsType=s readOnly=b volumeID!=s
defaultMode=i sources=[142
clusterTrustBundle=143 configMap=144 downwardAPI=145 podCertificate=146 secret=144 serviceAccountToken=147
labelSelector=8 name=s optional=b path!=s signerName=s
items=[117 name=s optional=b
items=[120
certificateChainPath=s credentialBundlePath=s keyPath=s keyType!=s maxExpirationSeconds=i signerName!=s userAnnotations={s
audience=s expirationSeconds=i path!=s
group=s readOnly=b registry!=s tenant=s user=s volume!=s
fsType=s image!=s keyring=s monitors!=[s pool=s readOnly=b secretRef=102 user=s
fsType=s gateway!=s protectionDomain=s readOnly=b secretRef!=102 sslEnabled=b storageMode=s storagePool=s system!=s volumeName=s
defaultMode=i items=[117 optional=b secretName=s
fsType=s readOnly=b secretRef=102 volumeName=s volumeNamespace=s
fsType=s storagePolicyID=s storagePolicyName=s volumePath!=s
rollingUpdate=155 type=s
maxSurge=x maxUnavailable=x
collisionCount=i conditions=[53 currentNumberScheduled!=i desiredNumberScheduled!=i numberAvailable=i numberMisscheduled!=i numberReady!=i numberUnavailable=i observedGeneration=i updatedNumberScheduled=i
apiVersion=s kind=s metadata=1 spec=158 status=159
minReadySeconds=i paused=b progressDeadlineSeconds=i replicas=i revisionHistoryLimit=i selector!=8 strategy=154 template!=57
availableReplicas=i collisionCount=i conditions=[160 observedGeneration=i readyReplicas=i replicas=i terminatingReplicas=i unavailableReplicas=i updatedReplicas=i
lastTransitionTime=s lastUpdateTime=s message=s reason=s status!=s type!=s
apiVersion=s kind=s metadata=1 spec=162 status=163
minReadySeconds=i replicas=i selector!=8 template=57
availableReplicas=i conditions=[53 fullyLabeledReplicas=i observedGeneration=i readyReplicas=i replicas!=i terminatingReplicas=i
apiVersion=s kind=s metadata=1 spec=165 status=174
minReadySeconds=i ordinals=166 persistentVolumeClaimRetentionPolicy=167 podManagementPolicy=s replicas=i revisionHistoryLimit=i selector!=8 serviceName=s template!=57 updateStrategy=168 volumeClaimTemplates=[170
start=i
whenDeleted=s whenScaled=s
rollingUpdate=169 type=s
maxUnavailable=x partition=i
apiVersion=s kind=s metadata=1 spec=124 status=171
accessModes=[s allocatedResourceStatuses={s allocatedResources={q capacity={q conditions=[172 currentVolumeAttributesClassName=s modifyVolumeStatus=173 phase=s
lastProbeTime=s lastTransitionTime=s message=s reason=s status!=s type!=s
status!=s targetVolumeAttributesClassName=s
availableReplicas=i collisionCount=i conditions=[53 currentReplicas=i currentRevision=s observedGeneration=i readyReplicas=i replicas!=i updateRevision=s updatedReplicas=i
apiVersion=s kind=s metadata=1 spec=176 status=178
audiences=[s boundObjectRef=177 expirationSeconds=i
apiVersion=s kind=s name=s uid=s
expirationTimestamp=s token=s
apiVersion=s kind=s metadata=1 spec!=180 status=182
maxReplicas!=i minReplicas=i scaleTargetRef!=181 targetCPUUtilizationPercentage=i
apiVersion=s kind!=s name!=s
currentCPUUtilizationPercentage=i currentReplicas!=i desiredReplicas!=i lastScaleTime=s observedGeneration=i
apiVersion=s kind=s metadata=1 spec!=184 status=195
behavior=185 maxReplicas!=i metrics=[188 minReplicas=i scaleTargetRef!=181
scaleDown=186 scaleUp=186
policies=[187 selectPolicy=s stabilizationWindowSeconds=i tolerance=q
periodSeconds!=i type!=s value!=i
containerResource=189 external=191 object=193 pods=191 resource=194 type!=s
container!=s name!=s target!=190
averageUtilization=i averageValue=q type!=s value=q
metric!=192 target!=190
name!=s selector=8
describedObject!=181 metric!=192 target!=190
name!=s target!=190
conditions=[53 currentMetrics=[196 currentReplicas=i desiredReplicas!=i lastScaleTime=s observedGeneration=i
containerResource=197 external=199 object=200 pods=199 resource=201 type!=s
container!=s current!=198 name!=s
averageUtilization=i averageValue=q value=q
current!=198 metric!=192
current!=198 describedObject!=181 metric!=192
current!=198 name!=s
apiVersion=s kind=s metadata=1 spec!=203 status=212
concurrencyPolicy=s failedJobsHistoryLimit=i jobTemplate!=204 schedule!=s startingDeadlineSeconds=i successfulJobsHistoryLimit=i suspend=b timeZone=s
metadata=1 spec=205
activeDeadlineSeconds=i backoffLimit=i backoffLimitPerIndex=i completionMode=s completions=i managedBy=s manualSelector=b maxFailedIndexes=i parallelism=i podFailurePolicy=206 podReplacementPolicy=s selector=8 successPolicy=210 suspend=b template!=57 ttlSecondsAfterFinished=i
rules!=[207
action!=s onExitCodes=208 onPodConditions=[209
containerName=s operator!=s values!=[i
status=s type!=s
rules!=[211
succeededCount=i succeededIndexes=s
active=[213 lastScheduleTime=s lastSuccessfulTime=s
apiVersion=s fieldPath=s kind=s name=s namespace=s resourceVersion=s uid=s
apiVersion=s kind=s metadata=1 spec=205 status=215
active=i completedIndexes=s completionTime=s conditions=[172 failed=i failedIndexes=s ready=i startTime=s succeeded=i terminating=i uncountedTerminatedPods=216
failed=[s succeeded=[s
apiVersion=s kind=s metadata=1 spec!=218 status=219
expirationSeconds=i extra={[s groups=[s request!=s signerName!=s uid=s usages=[s username=s
certificate=s conditions=[160
apiVersion=s kind=s metadata=1 spec!=221
signerName=s trustBundle!=s
apiVersion=s kind=s metadata=1 spec!=223 status=224
maxExpirationSeconds=i nodeName!=s nodeUID!=s pkixPublicKey=s podName!=s podUID!=s proofOfPossession=s serviceAccountName!=s serviceAccountUID!=s signerName!=s stubPKCS10Request!=s unverifiedUserAnnotations={s
beginRefreshAt=s certificateChain=s conditions=[26 notAfter=s notBefore=s
apiVersion=s kind=s metadata=1 spec=226
acquireTime=s holderIdentity=s leaseDurationSeconds=i leaseTransitions=i preferredHolder=s renewTime=s strategy=s
apiVersion=s kind=s metadata=1 spec!=228
binaryVersion!=s emulationVersion=s leaseName!=s pingTime=s renewTime=s strategy!=s
addressType!=s apiVersion=s endpoints=[230 kind=s metadata=1 ports=[233
addresses!=[s conditions=231 deprecatedTopology={s hints=232 hostname=s nodeName=s targetRef=213 zone=s
ready=b serving=b terminating=b
forNodes=[103 forZones=[103
appProtocol=s name=s port=i protocol=s
action=s apiVersion=s deprecatedCount=i deprecatedFirstTimestamp=s deprecatedLastTimestamp=s deprecatedSource=235 eventTime!=s kind=s metadata=1 note=s reason=s regarding=213 related=213 reportingController=s reportingInstance=s series=236 type=s
component=s host=s
count!=i lastObservedTime!=s
apiVersion=s kind=s metadata=1 spec!=238 status=247
lua=239 match=[240 phase=(UNSPECIFIED|AUTHN|AUTHZ|STATS) priority=i selector=242 targetRefs=[243 wasm=244
inlineCode!=s
mode=(UNDEFINED|CLIENT|SERVER|CLIENT_AND_SERVER) ports=[241
number!=i
matchLabels={s
group=s kind!=s name!=s namespace=s
failStrategy=(FAIL_CLOSE|FAIL_OPEN|FAIL_RELOAD) imagePullPolicy=(UNSPECIFIED_POLICY|IfNotPresent|Always) imagePullSecret=s pluginConfig=* pluginName=s sha256=s type=(UNSPECIFIED_PLUGIN_TYPE|HTTP|NETWORK) url!=s verificationKey=s vmConfig=245
env=[246
name!=s value=s valueFrom=(INLINE|HOST)
~ conditions=[248 observedGeneration=x validationMessages=[249
lastProbeTime=s lastTransitionTime=s message=s observedGeneration=x reason=s status=s type=s
documentationUrl=s level=(UNKNOWN|ERROR|WARNING|INFO) type=250
code=s name=s
apiVersion=s kind=s metadata=1 spec!=252 status=247
failStrategy=(FAIL_CLOSE|FAIL_OPEN|FAIL_RELOAD) imagePullPolicy=(UNSPECIFIED_POLICY|IfNotPresent|Always) imagePullSecret=s match=[240 phase=(UNSPECIFIED_PHASE|AUTHN|AUTHZ|STATS) pluginConfig=* pluginName=s priority=i selector=242 sha256=s targetRef=243 targetRefs=[243 type=(UNSPECIFIED_PLUGIN_TYPE|HTTP|NETWORK) url!=s verificationKey=s vmConfig=245
apiVersion=s kind=s metadata=1 spec=254 status=261
distinguisherMethod=255 matchingPrecedence=i priorityLevelConfiguration!=103 rules=[256
type!=s
nonResourceRules=[257 resourceRules=[258 subjects!=[259
nonResourceURLs!=[s verbs!=[s
apiGroups!=[s clusterScope=b namespaces=[s resources!=[s verbs!=[s
group=103 kind!=s serviceAccount=260 user=103
name!=s namespace!=s
conditions=[262
lastTransitionTime=s message=s reason=s status=s type=s
apiVersion=s kind=s metadata=1 spec=264 status=261
exempt=265 limited=266 type!=s
lendablePercent=i nominalConcurrencyShares=i
borrowingLimitPercent=i lendablePercent=i limitResponse=267 nominalConcurrencyShares=i
queuing=268 type!=s
handSize=i queueLengthLimit=i queues=i
apiVersion=s kind=s metadata!=1 spec=* status=270
commonEncodingVersion=s conditions=[271 storageVersions=[272
lastTransitionTime=s message!=s observedGeneration=i reason!=s status!=s type!=s
apiServerID!=s decodableVersions!=[s encodingVersion!=s servedVersions=[s
apiVersion=s kind=s metadata=1 spec=274 status=247
exportTo=[s host!=s subsets=[275 trafficPolicy=276 workloadSelector=242
labels={s name!=s trafficPolicy=276
connectionPool=277 loadBalancer=282 outlierDetection=293 portLevelSettings=[294 proxyProtocol=297 retryBudget=298 tls=296 tunnel=299
http=278 tcp=280
h2UpgradePolicy=(DEFAULT|DO_NOT_UPGRADE|UPGRADE) http1MaxPendingRequests=i http2KeepAlive=279 http2MaxRequests=i idleTimeout=s maxConcurrentStreams=i maxRequestsPerConnection=i maxRetries=i useClientProtocol=b
interval=s timeout=s
connectTimeout=s idleTimeout=s maxConnectionDuration=s maxConnections=i tcpKeepalive=281
interval=s probes=i time=s
consistentHash=283 localityLbSetting=288 simple=(UNSPECIFIED|LEAST_CONN|RANDOM|PASSTHROUGH|ROUND_ROBIN|LEAST_REQUEST) warmup=291 warmupDurationSecs=s zoneAwareLbSetting=292
httpCookie=284 httpHeaderName=s httpQueryParameterName=s maglev=286 minimumRingSize=i ringHash=287 useSourceIp=b
attributes=[285 name!=s path=s ttl=s
name!=s value=s
tableSize=i
minimumRingSize=i
distribute=[289 enabled=b failover=[290 failoverPriority=[s
from=s to={i
from=s to=s
aggression=n duration!=s minimumPercent=n
enabled=b failover=[290 failoverPriority=[s minClusterSize=i
baseEjectionTime=s consecutive5xxErrors=i consecutiveErrors=i consecutiveGatewayErrors=i consecutiveLocalOriginFailures=i interval=s maxEjectionPercent=i minHealthPercent=i outlierDetectionHttpErrorCodes=[i splitExternalLocalOriginErrors=b
connectionPool=277 loadBalancer=282 outlierDetection=293 port=295 tls=296
number=i
caCertificates=s caCrl=s clientCertificate=s credentialName=s insecureSkipVerify=b mode=(DISABLE|SIMPLE|MUTUAL|ISTIO_MUTUAL) privateKey=s sni=s subjectAltNames=[s
version=(V1|V2)
budgetInterval=s minRetryConcurrency=i percent=n
protocol=s targetHost!=s targetPort!=i
apiVersion=s kind=s metadata=1 spec=301 status=247
selector={s servers=[302
bind=s defaultEndpoint=s hosts!=[s name=s port!=303 tls=304
name!=s number!=i protocol!=s targetPort=i
caCertCredentialName=s caCertificates=s caCrl=s cipherSuites=[s credentialName=s credentialNames=[s httpsRedirect=b insecureSkipVerify=b maxProtocolVersion=(TLS_AUTO|TLSV1_0|TLSV1_1|TLSV1_2|TLSV1_3) minProtocolVersion=(TLS_AUTO|TLSV1_0|TLSV1_1|TLSV1_2|TLSV1_3) mode=(PASSTHROUGH|SIMPLE|MUTUAL|AUTO_PASSTHROUGH|ISTIO_MUTUAL|OPTIONAL_MUTUAL) privateKey=s serverCertificate=s subjectAltNames=[s tlsCertificates=[305 verifyCertificateHash=[s verifyCertificateSpki=[s
caCertificates=s privateKey=s serverCertificate=s
apiVersion=s kind=s metadata=1 spec!=307 status=247
addresses=[s endpoints=[308 exportTo=[s hosts!=[s location=(MESH_EXTERNAL|MESH_INTERNAL) ports=[309 resolution=(NONE|STATIC|DNS|DNS_ROUND_ROBIN|DYNAMIC_DNS) subjectAltNames=[s workloadSelector=310
address=s labels={s locality=s network=s ports={i serviceAccount=s weight=i
name!=s number!=i protocol=s targetPort=i
labels={s
apiVersion=s kind=s metadata=1 spec=312 status=247
egress=[313 inboundConnectionPool=277 ingress=[315 outboundTrafficPolicy=316 workloadSelector=310
bind=s captureMode=(DEFAULT|IPTABLES|NONE) hosts!=[s port=314
name=s number=i protocol=s targetPort=i
bind=s captureMode=(DEFAULT|IPTABLES|NONE) connectionPool=277 defaultEndpoint=s port!=314 tls=304
egressProxy=317 mode=(REGISTRY_ONLY|ALLOW_ANY)
host!=s port=295 subset=s
apiVersion=s kind=s metadata=1 spec=319 status=247
exportTo=[s gateways=[s hosts=[s http=[320 tcp=[339 tls=[342
corsPolicy=321 delegate=323 directResponse=324 fault=326 headers=330 match=[332 mirror=317 mirror_percent=i mirrorPercent=i mirrorPercentage=328 mirrors=[333 name=s redirect=334 retries=335 rewrite=336 route=[338 timeout=s
allowCredentials=b allowHeaders=[s allowMethods=[s allowOrigin=[s allowOrigins=[322 exposeHeaders=[s maxAge=s unmatchedPreflights=(UNSPECIFIED|FORWARD|IGNORE)
exact=s prefix=s regex=s
name=s namespace=s
body=325 status!=i
bytes=s string=s
abort=327 delay=329
grpcStatus=s http2Error=s httpStatus=i percentage=328
value=n
exponentialDelay=s fixedDelay=s percent=i percentage=328
request=331 response=331
add={s remove=[s set={s
authority=322 gateways=[s headers={322 ignoreUriCase=b method=322 name=s port=i queryParams={322 scheme=322 sourceLabels={s sourceNamespace=s statPrefix=s uri=322 withoutHeaders={322
destination!=317 percentage=328
authority=s derivePort=(FROM_PROTOCOL_DEFAULT|FROM_REQUEST_PORT) port=i prefixRewrite=s redirectCode=i scheme=s uri=s
attempts=i backoff=s perTryTimeout=s retryIgnorePreviousHosts=b retryOn=s retryRemoteLocalities=b
authority=s uri=s uriRegexRewrite=337
match=s rewrite=s
destination!=317 headers=330 weight=i
match=[340 route=[341
destinationSubnets=[s gateways=[s port=i sourceLabels={s sourceNamespace=s sourceSubnet=s
destination!=317 weight=i
match!=[343 route=[341
destinationSubnets=[s gateways=[s port=i sniHosts!=[s sourceLabels={s sourceNamespace=s
apiVersion=s kind=s metadata=1 spec!=308 status=247
apiVersion=s kind=s metadata=1 spec!=346 status=247
metadata=347 probe=348 template!=308
annotations={s labels={s
exec=349 failureThreshold=i grpc=350 httpGet=351 initialDelaySeconds=i periodSeconds=i successThreshold=i tcpSocket=352 timeoutSeconds=i
command!=[s
port=i service=s
host=s httpHeaders=[99 path=s port!=i scheme=s
host=s port!=i
apiVersion=s kind=s metadata=1 spec=354 status=247
configPatches=[355 priority=i targetRefs=[243 workloadSelector=310
applyTo=(INVALID|LISTENER|FILTER_CHAIN|NETWORK_FILTER|HTTP_FILTER|ROUTE_CONFIGURATION|VIRTUAL_HOST|HTTP_ROUTE|CLUSTER|EXTENSION_CONFIG|BOOTSTRAP|LISTENER_FILTER) match=356 patch=366
cluster=357 context=(ANY|SIDECAR_INBOUND|SIDECAR_OUTBOUND|GATEWAY|WAYPOINT) listener=358 proxy=361 routeConfiguration=362 waypoint=365
name=s portNumber=i service=s subset=s
filterChain=359 listenerFilter=s name=s portName=s portNumber=i
applicationProtocols=s destinationPort=i filter=360 name=s sni=s transportProtocol=s
name=s subFilter=102
metadata={s proxyVersion=s
gateway=s name=s portName=s portNumber=i vhost=363
domainName=s name=s route=364
action=(ANY|ROUTE|REDIRECT|DIRECT_RESPONSE) name=s
filter=360 portNumber=i route=102
filterClass=(UNSPECIFIED|AUTHN|AUTHZ|STATS) operation=(INVALID|MERGE|ADD|REMOVE|INSERT_BEFORE|INSERT_AFTER|INSERT_FIRST|REPLACE|MERGE_AND_REPLACE_LIST) value=*
apiVersion=s kind=s metadata=1 spec=368 status=247
concurrency=i environmentVariables={s image=369 selector=242
imageType=s
apiVersion=s kind=s metadata=1 spec!=371
parentRef!=372
group=s name!=s namespace=s resource!=s
apiVersion=s kind=s metadata=1 spec=374 status=382
defaultBackend=375 ingressClassName=s rules=[378 tls=[381
resource=125 service=376
name!=s port=377
name=s number=i
host=s http=379
paths!=[380
backend!=375 path=s pathType!=s
hosts=[s secretName=s
loadBalancer=383
ingress=[384
hostname=s ip=s ports=[385
error=s port!=i protocol!=s
apiVersion=s kind=s metadata=1 spec=387
controller=s parameters=388
apiGroup=s kind!=s name!=s namespace=s scope=s
apiVersion=s kind=s metadata=1 spec=390
egress=[391 ingress=[395 podSelector=8 policyTypes=[s
ports=[392 to=[393
endPort=i port=x protocol=s
ipBlock=394 namespaceSelector=8 podSelector=8
cidr!=s except=[s
from=[393 ports=[392
apiVersion=s kind=s metadata=1 spec=397 status=398
cidrs=[s
conditions=[26
apiVersion=s handler!=s kind=s metadata=1 overhead=400 scheduling=401
podFixed={q
nodeSelector={s tolerations=[108
apiVersion=s kind=s metadata=1 spec=403 status=404
maxUnavailable=x minAvailable=x selector=8 unhealthyPodEvictionPolicy=s
conditions=[26 currentHealthy=i desiredHealthy=i disruptedPods={s disruptionsAllowed=i expectedPods=i observedGeneration=i
aggregationRule=406 apiVersion=s kind=s metadata=1 rules=[407
clusterRoleSelectors=[8
apiGroups=[s nonResourceURLs=[s resourceNames=[s resources=[s verbs!=[s
apiVersion=s kind=s metadata=1 roleRef!=125 subjects=[126
apiVersion=s kind=s metadata=1 rules=[407
apiVersion=s kind=s metadata=1 spec!=411
config=[412 extendedResourceName=s selectors=[414
opaque=413
driver!=s parameters!=*
cel=415
expression!=s
apiVersion=s kind=s metadata=1 spec!=417 status=425
devices=418
config=[419 constraints=[420 requests=[421
opaque=413 requests=[s
distinctAttribute=s matchAttribute=s requests=[s
exactly=422 firstAvailable=[424 name!=s
adminAccess=b allocationMode=s capacity=423 count=i deviceClassName!=s selectors=[414 tolerations=[108
requests={q
allocationMode=s capacity=423 count=i deviceClassName!=s name!=s selectors=[414 tolerations=[108
allocation=426 devices=[430 reservedFor=[432
allocationTimestamp=s devices=427 nodeSelector=63
config=[428 results=[429
opaque=413 requests=[s source!=s
adminAccess=b bindingConditions=[s bindingFailureConditions=[s consumedCapacity={q device!=s driver!=s pool!=s request!=s shareID=s tolerations=[108
conditions=[26 data=* device!=s driver!=s networkData=431 pool!=s shareID=s
hardwareAddress=s interfaceName=s ips=[s
apiGroup=s name!=s resource!=s uid!=s
apiVersion=s kind=s metadata=1 spec!=434
metadata=1 spec!=417
apiVersion=s kind=s metadata=1 spec!=436
allNodes=b devices=[437 driver!=s nodeName=s nodeSelector=63 perDeviceNodeSelection=b pool!=446 sharedCounters=[447
allNodes=b allowMultipleAllocations=b attributes={438 bindingConditions=[s bindingFailureConditions=[s bindsToNode=b capacity={439 consumesCounters=[442 name!=s nodeAllocatableResourceMappings={444 nodeName=s nodeSelector=63 taints=[445
bool=b bools=[b int=i ints=[i string=s strings=[s version=s versions=[s
requestPolicy=440 value!=q
default=q validRange=441 validValues=[q
max=q min!=q step=q
counterSet!=s counters!={443
value!=q
allocationMultiplier=q capacityKey=s
effect!=s key!=s timeAdded=s value=s
generation!=i name!=s resourceSliceCount!=i
counters!={443 name!=s
apiVersion=s kind=s metadata=1 spec!=449 status=398
deviceSelector=450 taint!=445
device=s driver=s pool=s
apiVersion=s kind=s metadata!=1 spec!=452 status=453
driver!=s limit=i poolName=s
conditions=[26 poolCount!=i pools=[454
allocatedDevices=i availableDevices=i driver!=s generation!=i nodeName=s poolName!=s resourceSliceCount=i totalDevices=i unavailableDevices=i validationError=s
apiVersion=s kind=s metadata=1 spec!=456 status=425
devices=457
config=[419 constraints=[420 requests=[458
adminAccess=b allocationMode=s capacity=423 count=i deviceClassName=s firstAvailable=[424 name!=s selectors=[414 tolerations=[108
apiVersion=s kind=s metadata=1 spec!=460
metadata=1 spec!=456
apiVersion=s kind=s metadata=1 spec!=462
allNodes=b devices=[463 driver!=s nodeName=s nodeSelector=63 perDeviceNodeSelection=b pool!=446 sharedCounters=[447
basic=464 name!=s
allNodes=b allowMultipleAllocations=b attributes={438 bindingConditions=[s bindingFailureConditions=[s bindsToNode=b capacity={439 consumesCounters=[442 nodeAllocatableResourceMappings={444 nodeName=s nodeSelector=63 taints=[445
apiVersion=s description=s globalDefault=b kind=s metadata=1 preemptionPolicy=s value=i
apiVersion=s kind=s metadata=1 spec!=467 status=474
disruptionMode=s podGroupTemplateRef=468 priority=i priorityClassName=s resourceClaims=[105 schedulingConstraints=470 schedulingPolicy!=472
workload=469
podGroupTemplateName!=s workloadName!=s
topology=[471
key!=s
basic=* gang=473
minCount!=i
conditions=[26 resourceClaimStatuses=[475
name!=s resourceClaimName=s
apiVersion=s kind=s metadata=1 spec!=477
controllerRef=125 podGroupTemplates!=[478
disruptionMode=s name!=s priority=i priorityClassName=s resourceClaims=[105 schedulingConstraints=470 schedulingPolicy!=472
apiVersion=s kind=s metadata=1 spec=480 status=247
action=(ALLOW|DENY|AUDIT|CUSTOM) provider=102 rules=[481 selector=242 targetRef=243 targetRefs=[243
from=[482 to=[484 when=[486
source=483
ipBlocks=[s namespaces=[s notIpBlocks=[s notNamespaces=[s notPrincipals=[s notRemoteIpBlocks=[s notRequestPrincipals=[s notServiceAccounts=[s notTrustDomains=[s principals=[s remoteIpBlocks=[s requestPrincipals=[s serviceAccounts=[s trustDomains=[s
operation=485
hosts=[s methods=[s notHosts=[s notMethods=[s notPaths=[s notPorts=[s paths=[s ports=[s
key!=s notValues=[s values=[s
apiVersion=s kind=s metadata=1 spec=488 status=247
mtls=489 portLevelMtls={489 selector=242
mode=(UNSET|DISABLE|PERMISSIVE|STRICT)
apiVersion=s kind=s metadata=1 spec=491 status=247
jwtRules=[492 selector=242 targetRef=243 targetRefs=[243
audiences=[s forwardOriginalToken=b fromCookies=[s fromHeaders=[493 fromParams=[s issuer=s jwks=s jwks_uri=s jwksUri=s outputClaimToHeaders=[494 outputPayloadToHeader=s spaceDelimitedClaims=[s timeout=s
name!=s prefix=s
claim!=s header!=s
apiVersion=s kind=s metadata=1 spec!=496
attachRequired=b fsGroupPolicy=s nodeAllocatableUpdatePeriodSeconds=i podInfoOnMount=b preventPodSchedulingIfMissing=b requiresRepublish=b seLinuxMount=b serviceAccountTokenInSecrets=b storageCapacity=b tokenRequests=[497 volumeLifecycleModes=[s
audience!=s expirationSeconds=i
apiVersion=s kind=s metadata=1 spec!=499
drivers!=[500
allocatable=501 name!=s nodeID!=s topologyKeys=[s
count=i
apiVersion=s capacity=q kind=s maximumVolumeSize=q metadata=1 nodeTopology=8 storageClassName!=s
allowVolumeExpansion=b allowedTopologies=[504 apiVersion=s kind=s metadata=1 mountOptions=[s parameters={s provisioner!=s reclaimPolicy=s volumeBindingMode=s
matchLabelExpressions=[505
key!=s values!=[s
apiVersion=s kind=s metadata=1 spec!=507 status=522
attacher!=s nodeName!=s source!=508
inlineVolumeSpec=509 persistentVolumeName=s
accessModes=[s awsElasticBlockStore=111 azureDisk=112 azureFile=510 capacity={q cephfs=511 cinder=512 claimRef=213 csi=513 fc=128 flexVolume=514 flocker=130 gcePersistentDisk=131 glusterfs=515 hostPath=134 iscsi=516 local=517 mountOptions=[s nfs=137 nodeAffinity=518 persistentVolumeReclaimPolicy=s photonPersistentDisk=139 portworxVolume=140 quobyte=148 rbd=519 scaleIO=520 storageClassName=s storageos=521 volumeAttributesClassName=s volumeMode=s vsphereVolume=153
readOnly=b secretName!=s secretNamespace=s shareName!=s
monitors!=[s path=s readOnly=b secretFile=s secretRef=323 user=s
fsType=s readOnly=b secretRef=323 volumeID!=s
controllerExpandSecretRef=323 controllerPublishSecretRef=323 driver!=s fsType=s nodeExpandSecretRef=323 nodePublishSecretRef=323 nodeStageSecretRef=323 readOnly=b volumeAttributes={s volumeHandle!=s
driver!=s fsType=s options={s readOnly=b secretRef=323
endpoints!=s endpointsNamespace=s path!=s readOnly=b
chapAuthDiscovery=b chapAuthSession=b fsType=s initiatorName=s iqn!=s iscsiInterface=s lun!=i portals=[s readOnly=b secretRef=323 targetPortal!=s
fsType=s path!=s
required=63
fsType=s image!=s keyring=s monitors!=[s pool=s readOnly=b secretRef=323 user=s
fsType=s gateway!=s protectionDomain=s readOnly=b secretRef!=323 sslEnabled=b storageMode=s storagePool=s system!=s volumeName=s
fsType=s readOnly=b secretRef=213 volumeName=s volumeNamespace=s
attachError=523 attached!=b attachmentMetadata={s detachError=523
errorCode=i message=s time=s
apiVersion=s driverName!=s kind=s metadata=1 parameters={s
apiVersion=s kind=s metadata=1 spec=526 status=528
resource!=527
group!=s resource!=s
conditions=[26 resourceVersion=s
apiVersion=s kind=s metadata=1 spec=530
description=s displayName=s finally=[531 params=[538 results=[551 tasks=[531 workspaces=[552
description=s displayName=s matrix=532 name=s onError=s params=[534 pipelineRef=535 pipelineSpec=530 retries=i runAfter=[s taskRef=536 taskSpec=537 timeout=s when=[548 workspaces=[550
include=[533 params=[534
name=s params=[534
name=s value=p
apiVersion=s name=s params=[534 resolver=s
apiVersion=s kind=s name=s params=[534 resolver=s
apiVersion=s description=s displayName=s kind=s metadata=347 params=[538 results=[540 sidecars=[541 spec=* stepTemplate=543 steps=[544 volumes=[110 workspaces=[549
default=p description=s enum=[s name=s properties={539 type=s
type=s
description=s name=s properties={539 type=s value=p
args=[s command=[s computeResources=87 env=[68 envFrom=[74 image=s imagePullPolicy=s lifecycle=76 livenessProbe=83 name=s ports=[85 readinessProbe=83 restartPolicy=s script=s securityContext=91 startupProbe=83 stdin=b stdinOnce=b terminationMessagePath=s terminationMessagePolicy=s tty=b volumeDevices=[96 volumeMounts=[97 workingDir=s workspaces=[542
mountPath=s name=s
args=[s command=[s computeResources=87 env=[68 envFrom=[74 image=s imagePullPolicy=s securityContext=91 volumeDevices=[96 volumeMounts=[97 workingDir=s
args=[s command=[s computeResources=87 displayName=s env=[68 envFrom=[74 image=s imagePullPolicy=s name=s onError=s params=[534 ref=545 results=[546 script=s securityContext=91 stderrConfig=547 stdoutConfig=547 timeout=s volumeDevices=[96 volumeMounts=[97 when=[548 workingDir=s workspaces=[542
name=s params=[534 resolver=s
description=s name=s properties={539 type=s
path=s
cel=s input=s operator=s values=[s
description=s mountPath=s name=s optional=b readOnly=b
name=s subPath=s workspace=s
description=s name=s type=s value=p
description=s name=s optional=b
apiVersion=s kind=s metadata=1 spec=554 status=561
managedBy=s params=[534 pipelineRef=535 pipelineSpec=530 status=s taskRunSpecs=[555 taskRunTemplate=558 timeouts=559 workspaces=[560
computeResources=87 metadata=347 pipelineTaskName=s podTemplate=556 serviceAccountName=s sidecarSpecs=[557 stepSpecs=[557 timeout=s
affinity=59 automountServiceAccountToken=b dnsConfig=98 dnsPolicy=s enableServiceLinks=b env=[68 hostAliases=[101 hostNetwork=b hostUsers=b imagePullSecrets=[102 nodeSelector={s priorityClassName=s runtimeClassName=s schedulerName=s securityContext=107 tolerations=[108 topologySpreadConstraints=[109 volumes=[110
computeResources=87 name=s
podTemplate=556 serviceAccountName=s
finally=s pipeline=s tasks=s
configMap=116 csi=118 emptyDir=121 name=s persistentVolumeClaim=138 projected=141 secret=151 subPath=s volumeClaimTemplate=170
annotations={s childReferences=[562 completionTime=s conditions=[* finallyStartTime=s observedGeneration=i pipelineSpec=530 provenance=563 results=[534 skippedTasks=[565 spanContext={s startTime=s
apiVersion=s displayName=s kind=s name=s pipelineTaskName=s whenExpressions=[548
featureFlags=* refSource=564
digest={s entryPoint=s uri=s
name=s reason=s whenExpressions=[548
apiVersion=s kind=s metadata=1 spec=567
description=s displayName=s params=[538 results=[540 sidecars=[541 stepTemplate=543 steps=[544 volumes=[110 workspaces=[549
apiVersion=s kind=s metadata=1 spec=569 status=572
computeResources=87 debug=570 managedBy=s params=[534 podTemplate=556 retries=i serviceAccountName=s sidecarSpecs=[557 status=s statusMessage=s stepSpecs=[557 taskRef=536 taskSpec=567 timeout=s workspaces=[560
breakpoints=571
beforeSteps=[s onFailure=s
annotations={s artifacts=573 completionTime=s conditions=[* observedGeneration=i podName=s provenance=563 results=[576 retriesStatus=[572 sidecars=[577 spanContext={s startTime=s steps=[581 taskSpec=567
inputs=[574 outputs=[574
buildOutput=b name=s values=[575
digest={s uri=s
name=s type=s value=p
container=s imageID=s name=s running=578 terminated=579 waiting=580
startedAt=s
containerID=s exitCode!=i finishedAt=s message=s reason=s signal=i startedAt=s
message=s reason=s
container=s imageID=s inputs=[574 name=s outputs=[574 provenance=563 results=[576 running=578 terminated=579 terminationReason=s waiting=580
apiVersion=s kind=s metadata=1 spec=583 status=*
params=[* podTemplate=556 ref=* retries=i serviceAccountName=s spec=584 status=s statusMessage=s timeout=s workspaces=[*
apiVersion=s kind=s metadata=* spec=*
apiVersion=s kind=s metadata=1 spec=586
args=[s command=[s description=s env=[68 image=s params=[* results=[* script=s securityContext=91 volumeMounts=[97 workingDir=s
apiVersion=s kind=s metadata=1 spec=588
authorities=[589 mode=s resources=[591
key=590 name=s
data=s hashAlgorithm=s kms=s secretRef=323
pattern=s
apiVersion=s kind=s metadata=1 spec=593
description=s displayName=s params=[538 resources=594 results=[540 sidecars=[596 stepTemplate=597 steps=[598 volumes=[110 workspaces=[549
inputs=[595 outputs=[595
description=s name=s optional=b targetPath=s type=s
args=[s command=[s env=[68 envFrom=[74 image=s imagePullPolicy=s lifecycle=76 livenessProbe=83 name=s ports=[85 readinessProbe=83 resources=87 restartPolicy=s script=s securityContext=91 startupProbe=83 stdin=b stdinOnce=b terminationMessagePath=s terminationMessagePolicy=s tty=b volumeDevices=[96 volumeMounts=[97 workingDir=s workspaces=[542
args=[s command=[s env=[68 envFrom=[74 image=s imagePullPolicy=s lifecycle=76 livenessProbe=83 name=s ports=[85 readinessProbe=83 resources=87 securityContext=91 startupProbe=83 stdin=b stdinOnce=b terminationMessagePath=s terminationMessagePolicy=s tty=b volumeDevices=[96 volumeMounts=[97 workingDir=s
args=[s command=[s displayName=s env=[68 envFrom=[74 image=s imagePullPolicy=s lifecycle=76 livenessProbe=83 name=s onError=s params=[534 ports=[85 readinessProbe=83 ref=545 resources=87 results=[* script=s securityContext=91 startupProbe=83 stderrConfig=547 stdin=b stdinOnce=b stdoutConfig=547 terminationMessagePath=s terminationMessagePolicy=s timeout=s tty=b volumeDevices=[96 volumeMounts=[97 when=[548 workingDir=s workspaces=[542
apiVersion=s kind=s metadata=1 spec=600 status=*
customRef=601 customSpec=602 params=[534 retries=i serviceAccountName=s status=s statusMessage=s timeout=s workspaces=[560
apiVersion=s bundle=s kind=s name=s params=[534 resolver=s
apiVersion=s kind=s metadata=347 spec=*
apiVersion=s kind=s metadata=1 spec=604
description=s displayName=s finally=[605 params=[538 resources=[611 results=[551 tasks=[605 workspaces=[552
description=s displayName=s matrix=532 name=s onError=s params=[534 pipelineRef=606 pipelineSpec=604 resources=607 retries=i runAfter=[s taskRef=601 taskSpec=610 timeout=s when=[548 workspaces=[550
apiVersion=s bundle=s name=s params=[534 resolver=s
inputs=[608 outputs=[609
from=[s name=s resource=s
name=s resource=s
apiVersion=s description=s displayName=s kind=s metadata=347 params=[538 resources=594 results=[540 sidecars=[596 spec=* stepTemplate=597 steps=[598 volumes=[110 workspaces=[549
name=s optional=b type=s
apiVersion=s kind=s metadata=1 spec=613 status=618
managedBy=s params=[534 pipelineRef=606 pipelineSpec=604 podTemplate=556 resources=[614 serviceAccountName=s status=s taskRunSpecs=[616 timeout=s timeouts=559 workspaces=[560
name=s resourceRef=615 resourceSpec=*
apiVersion=s name=s
computeResources=87 metadata=347 pipelineTaskName=s sidecarOverrides=[617 stepOverrides=[617 taskPodTemplate=556 taskServiceAccountName=s timeout=s
name=s resources=87
annotations={s childReferences=[562 completionTime=s conditions=[* finallyStartTime=s observedGeneration=i pipelineResults=[534 pipelineSpec=604 provenance=619 runs={620 skippedTasks=[565 spanContext={s startTime=s taskRuns={621
configSource=564 featureFlags=* refSource=564
pipelineTaskName=s status=* whenExpressions=[548
pipelineTaskName=s status=622 whenExpressions=[548
annotations={s cloudEvents=[623 completionTime=s conditions=[* observedGeneration=i podName=s provenance=619 resourcesResult=[* retriesStatus=[622 sidecars=[577 spanContext={s startTime=s steps=[625 taskResults=[576 taskSpec=593
status=624 target=s
condition=s message=s retryCount=i sentAt=s
container=s imageID=s inputs=[574 name=s outputs=[574 provenance=619 results=[576 running=578 terminated=579 waiting=580
apiVersion=s kind=s metadata=1 spec=627 status=622
computeResources=87 debug=570 managedBy=s params=[534 podTemplate=556 resources=628 retries=i serviceAccountName=s sidecarOverrides=[617 status=s statusMessage=s stepOverrides=[617 taskRef=601 taskSpec=593 timeout=s workspaces=[560
inputs=[629 outputs=[629
name=s paths=[s resourceRef=615 resourceSpec=*
apiVersion=s kind=s metadata=1 spec=631 status=247
accessLogging=[632 metrics=[634 selector=242 targetRef=243 targetRefs=[243 tracing=[638
disabled=b filter=11 match=633 providers=[103
mode=(CLIENT_AND_SERVER|CLIENT|SERVER)
overrides=[635 providers=[103 reportingInterval=s
disabled=b match=636 tagOverrides={637
customMetric=s metric=(ALL_METRICS|REQUEST_COUNT|REQUEST_DURATION|REQUEST_SIZE|RESPONSE_SIZE|TCP_OPENED_CONNECTIONS|TCP_CLOSED_CONNECTIONS|TCP_SENT_BYTES|TCP_RECEIVED_BYTES|GRPC_REQUEST_MESSAGES|GRPC_RESPONSE_MESSAGES) mode=(CLIENT_AND_SERVER|CLIENT|SERVER)
operation=(UPSERT|REMOVE) value=s
customTags={639 disableContextPropagation=b disableSpanReporting=b enableIstioTags=b match=633 providers=[103 randomSamplingPercentage=n useRequestIdForTraceSampling=b
environment=640 formatter=641 header=640 literal=641
defaultValue=s name!=s
value!=s
apiVersion=s kind=s name!=s preferredVersion=643 serverAddressByClientCIDRs=[644 versions!=[643
groupVersion!=s version!=s
clientCIDR!=s serverAddress!=s
apiVersion=s kind=s serverAddressByClientCIDRs!=[644 versions!=[s
apiVersion=s conditions=[647 kind=s metadata=1
error=s message=s status!=s type!=s
apiVersion=s binaryData={s data={s immutable=b kind=s metadata=1
apiVersion=s kind=s metadata=1 subsets=[650
addresses=[651 notReadyAddresses=[651 ports=[652
hostname=s ip!=s nodeName=s targetRef=213
appProtocol=s name=s port!=i protocol=s
action=s apiVersion=s count=i eventTime=s firstTimestamp=s involvedObject!=213 kind=s lastTimestamp=s message=s metadata!=1 reason=s related=213 reportingComponent=s reportingInstance=s series=654 source=235 type=s
count=i lastObservedTime=s
apiVersion=s kind=s metadata=1 spec=656
limits!=[657
default={q defaultRequest={q max={q maxLimitRequestRatio={q min={q type!=s
apiVersion=s kind=s metadata=1 spec=659 status=660
finalizers=[s
conditions=[53 phase=s
apiVersion=s kind=s metadata=1 spec=662 status=665
configSource=663 externalID=s podCIDR=s podCIDRs=[s providerID=s taints=[445 unschedulable=b
configMap=664
kubeletConfigKey!=s name!=s namespace!=s resourceVersion=s uid=s
addresses=[666 allocatable={q capacity={q conditions=[667 config=668 daemonEndpoints=669 declaredFeatures=[s features=671 images=[672 nodeInfo=673 phase=s runtimeHandlers=[675 volumesAttached=[96 volumesInUse=[s
address!=s type!=s
lastHeartbeatTime=s lastTransitionTime=s message=s reason=s status!=s type!=s
active=663 assigned=663 error=s lastKnownGood=663
kubeletEndpoint=670
Port!=i
supplementalGroupsPolicy=b
names=[s sizeBytes=i
architecture!=s bootID!=s containerRuntimeVersion!=s kernelVersion!=s kubeProxyVersion!=s kubeletVersion!=s machineID!=s operatingSystem!=s osImage!=s swap=674 systemUUID!=s
capacity=i
features=676 name=s
recursiveReadOnlyMounts=b userNamespaces=b
apiVersion=s kind=s metadata=1 spec=509 status=678
lastPhaseTransitionTime=s message=s phase=s reason=s
apiVersion=s kind=s metadata=1 spec=58 status=680
allocatedResources={q conditions=[681 containerStatuses=[682 ephemeralContainerStatuses=[682 extendedResourceClaimStatus=691 hostIP=s hostIPs=[693 initContainerStatuses=[682 message=s nodeAllocatableResourceClaimStatuses=[694 nominatedNodeName=s observedGeneration=i phase=s podIP=s podIPs=[693 qosClass=s reason=s resize=s resourceClaimStatuses=[475 resources=87 startTime=s
lastProbeTime=s lastTransitionTime=s message=s observedGeneration=i reason=s status!=s type!=s
allocatedResources={q allocatedResourcesStatus=[683 containerID=s image!=s imageID!=s lastState=685 name!=s ready!=b resources=87 restartCount!=i started=b state=685 stopSignal=s user=686 volumeMounts=[688
name!=s resources=[684
health=s message=s resourceID!=s
running=578 terminated=579 waiting=580
linux=687
gid!=i supplementalGroups=[i uid!=i
mountPath!=s name!=s readOnly=b recursiveReadOnly=s volumeStatus=689
image=690
imageRef!=s
requestMappings!=[692 resourceClaimName!=s
containerName!=s requestName!=s resourceName!=s
ip!=s
containers=[s resourceClaimName!=s resources!={q
apiVersion=s kind=s metadata=1 template=57
apiVersion=s kind=s metadata=1 spec=697 status=698
minReadySeconds=i replicas=i selector={s template=57
availableReplicas=i conditions=[53 fullyLabeledReplicas=i observedGeneration=i readyReplicas=i replicas!=i
apiVersion=s kind=s metadata=1 spec=700 status=703
hard={q scopeSelector=701 scopes=[s
matchExpressions=[702
operator!=s scopeName!=s values=[s
hard={q used={q
apiVersion=s data={s immutable=b kind=s metadata=1 stringData={s type=s
apiVersion=s kind=s metadata=1 spec=706 status=710
allocateLoadBalancerNodePorts=b clusterIP=s clusterIPs=[s externalIPs=[s externalName=s externalTrafficPolicy=s healthCheckNodePort=i internalTrafficPolicy=s ipFamilies=[s ipFamilyPolicy=s loadBalancerClass=s loadBalancerIP=s loadBalancerSourceRanges=[s ports=[707 publishNotReadyAddresses=b selector={s sessionAffinity=s sessionAffinityConfig=708 trafficDistribution=s type=s
appProtocol=s name=s nodePort=i port!=i protocol=s targetPort=x
clientIP=709
timeoutSeconds=i
conditions=[26 loadBalancer=711
ingress=[712
hostname=s ip=s ipMode=s ports=[385
apiVersion=s automountServiceAccountToken=b imagePullSecrets=[102 kind=s metadata=1 secrets=[213`;function D(e){let s=new Map(x.split(`
`).map(a=>a.split(" "))),t=V(I.split(`
`)),i=new Map(e.flatMap(Y));return({apiVersion:a,kind:o})=>{let n=`${a}/${o}`,c=s.get(n);return i.get(n)??(c===void 0?void 0:t(c))}}function Y({apiVersion:e,root:s}){if(!e.startsWith("apiextensions.k8s.io/"))return[];let[t,i]=[s.at("spec","group").value,s.at("spec","names","kind").value];return s.at("spec","versions").items().map(a=>{let o=f(a.at("schema","openAPIV3Schema").toJson(),()=>u);return[`${String(t)}/${String(a.at("name").value)}/${String(i)}`,Q(o)]})}function Q(e){if(e.kind!=="object")return e;let s=["apiVersion","kind","metadata"];return{...e,names:[...new Set([...s,...e.names])],field:i=>s.includes(i)?u:e.field(i)}}function Oe(e,s,t=N(e)){let{pods:i,objectsOf:a}=t,o=["ClusterRoleBinding","RoleBinding"].flatMap(a),n,c=new Map;return{repository:e,settings:s,pods:i,objectsOf:a,get reachability(){return t.reachability},get networkPolicies(){return t.networkPolicies},policiesOf:r=>t.networkPolicies.of(r),boundAccounts:new Set(o.flatMap(Z)),misfitsOf(r){let l=c.get(r);if(l!==void 0)return l;n??=D(a("CustomResourceDefinition"));let p=n(r),m=p===void 0?[]:O(r.root,p);return c.set(r,m),m}}}function Z({namespace:e,root:s}){return s.at("subjects").items().filter(t=>t.at("kind").value==="ServiceAccount").map(t=>`${String(t.at("namespace").value??e)}/${String(t.at("name").value??"")}`)}function Ve(e,s,t,i){return{rule:e.id,check:i,severity:s.severity??e.severity,title:e.title,message:s.message,..."level"in e&&J(e.id),references:e.references,subject:s.subject??t,locations:["field"in s?X(s.field):s.location],...s.suggestion&&{suggestion:s.suggestion}}}function xe(e){let s=new Set;return e.filter(({rule:t,subject:i,message:a,locations:[o]})=>{let n=`${t}
${i}
${a}
${o?.file}:${o?.startLine}:${o?.startColumn}`,c=!s.has(n);return s.add(n),c})}function J(e){let s=R.filter(({saidBy:t,yieldsTo:i})=>i?.includes(e)||t?.includes(e)).map(({id:t})=>t);return s.length===0?{}:{aliases:s}}function X(e){let s=e.location(),t=e.keyLocation();if(e.kind==="scalar"&&t.startLine===s.startLine&&t.startColumn!==void 0)return{...s,startColumn:Math.min(t.startColumn,s.startColumn??t.startColumn)};if(t.startLine===t.endLine)return t;let{file:i,startLine:a,startColumn:o}=t;return{file:i,startLine:a,endLine:a,...o!==void 0&&{startColumn:o}}}export{T as a,N as b,D as c,Oe as d,Ve as e,xe as f};
