// Creates, reads, patches, lists and deletes a ConfigMap; prints one line a step.
import { CoreV1Api, KubeConfig, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';

const config = new KubeConfig();
config.loadFromFile(process.env.KUBECONFIG);
const core = config.makeApiClient(CoreV1Api);
const at = { namespace: 'default', name: 'from-node' };

const created = await core.createNamespacedConfigMap({ namespace: at.namespace, body: { metadata: { name: at.name }, data: { a: '1' } } });
console.log(`created ${created.metadata.name} ${created.data.a}`);

const patched = await core.patchNamespacedConfigMap(
  { ...at, body: { data: { a: '2' } } },
  setHeaderOptions('Content-Type', PatchStrategy.MergePatch));
console.log(`patched ${patched.data.a}`);

const listed = await core.listNamespacedConfigMap({ namespace: at.namespace, fieldSelector: `metadata.name=${at.name}` });
console.log(`listed ${listed.items.length}`);

await core.deleteNamespacedConfigMap(at);
try {
  await core.readNamespacedConfigMap(at);
} catch (error) {
  console.log(`gone ${error.code}`);
}
