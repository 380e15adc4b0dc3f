// An informer sees what was there before, then an addition, a change and a deletion.
import { CoreV1Api, KubeConfig, makeInformer, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';

const config = new KubeConfig();
config.loadFromFile(process.env.KUBECONFIG);
const core = config.makeApiClient(CoreV1Api);
const namespace = 'default';
const selector = 'seen=yes';
const body = (name) => ({ metadata: { name, labels: { seen: 'yes' } }, data: { a: '1' } });

await core.createNamespacedConfigMap({ namespace, body: body('before') });
const informer = makeInformer(config, `/api/v1/namespaces/${namespace}/configmaps`, () => core.listNamespacedConfigMap({ namespace, labelSelector: selector }), selector);
const next = (event, name) => new Promise((resolve) => {
  const listener = (object) => {
    if (object.metadata.name === name) {
      informer.off(event, listener);
      console.log(`${event} ${name} ${object.data.a}`);
      resolve();
    }
  };
  informer.on(event, listener);
});

const before = next('add', 'before');
await informer.start();
await before;

const added = next('add', 'later');
await core.createNamespacedConfigMap({ namespace, body: body('later') });
await added;

const updated = next('update', 'later');
await core.patchNamespacedConfigMap({ namespace, name: 'later', body: { data: { a: '2' } } }, setHeaderOptions('Content-Type', PatchStrategy.MergePatch));
await updated;

const deleted = next('delete', 'later');
await core.deleteNamespacedConfigMap({ namespace, name: 'later' });
await deleted;
await informer.stop();
process.exit(0);
