// A controller as client-go's users write it: a clientset that speaks protobuf alone, leader election, a shared informer and a
// rate-limited work queue. Takes one ConfigMap through its life and prints one line a step.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
	"k8s.io/client-go/util/workqueue"
)

const namespace = "default"

func main() {
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	config, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	must(err)
	config = rest.CopyConfig(config)
	config.ContentType = "application/vnd.kubernetes.protobuf"
	config.AcceptContentTypes = "application/vnd.kubernetes.protobuf"
	client, err := kubernetes.NewForConfig(config)
	must(err)

	lock, err := resourcelock.New(resourcelock.LeasesResourceLock, namespace, "from-go", client.CoreV1(), client.CoordinationV1(), resourcelock.ResourceLockConfig{Identity: "one"})
	must(err)
	leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{
		Lock: lock, LeaseDuration: 15 * time.Second, RenewDeadline: 10 * time.Second, RetryPeriod: 2 * time.Second, ReleaseOnCancel: true,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: func(ctx context.Context) {
				fmt.Println("leading")
				run(ctx, client)
				stop()
			},
			OnStoppedLeading: func() {},
		},
	})
}

// run copies the key "a" of each ConfigMap labelled copy=yes into an annotation, and drives one through its life.
func run(ctx context.Context, client kubernetes.Interface) {
	factory := informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithNamespace(namespace),
		informers.WithTweakListOptions(func(options *metav1.ListOptions) { options.LabelSelector = "copy=yes" }))
	maps := factory.Core().V1().ConfigMaps()
	queue := workqueue.NewTypedRateLimitingQueue(workqueue.DefaultTypedControllerRateLimiter[string]())
	defer queue.ShutDown()
	enqueue := func(object any) {
		key, err := cache.DeletionHandlingMetaNamespaceKeyFunc(object)
		must(err)
		queue.Add(key)
	}
	_, err := maps.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc: enqueue, UpdateFunc: func(_, object any) { enqueue(object) }, DeleteFunc: enqueue,
	})
	must(err)

	body := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "before", Labels: map[string]string{"copy": "yes"}}, Data: map[string]string{"a": "1"}}
	_, err = client.CoreV1().ConfigMaps(namespace).Create(ctx, body, metav1.CreateOptions{})
	must(err)
	factory.Start(ctx.Done())
	if !cache.WaitForCacheSync(ctx.Done(), maps.Informer().HasSynced) {
		panic("the cache did not sync")
	}
	listed, err := maps.Lister().ConfigMaps(namespace).Get("before")
	must(err)
	fmt.Println("listed", listed.Name, listed.Data["a"])

	go work(ctx, client, maps.Lister().ConfigMaps(namespace).Get, queue)
	until(ctx, client, func(found *corev1.ConfigMap) bool { return found != nil && found.Annotations["copy"] == "1" })
	fmt.Println("copied 1")

	_, err = client.CoreV1().ConfigMaps(namespace).Patch(ctx, "before", types.StrategicMergePatchType, []byte(`{"data":{"a":"2"}}`), metav1.PatchOptions{})
	must(err)
	until(ctx, client, func(found *corev1.ConfigMap) bool { return found.Annotations["copy"] == "2" })
	fmt.Println("copied 2")

	must(client.CoreV1().ConfigMaps(namespace).Delete(ctx, "before", metav1.DeleteOptions{}))
	must(wait.PollUntilContextCancel(ctx, 10*time.Millisecond, true, func(context.Context) (bool, error) {
		_, err := maps.Lister().ConfigMaps(namespace).Get("before")
		return err != nil, nil
	}))
	fmt.Println("gone")
}

func work(ctx context.Context, client kubernetes.Interface, get func(string) (*corev1.ConfigMap, error), queue workqueue.TypedRateLimitingInterface[string]) {
	for {
		key, shutdown := queue.Get()
		if shutdown {
			return
		}
		_, name, err := cache.SplitMetaNamespaceKey(key)
		must(err)
		if found, err := get(name); err == nil && found.Annotations["copy"] != found.Data["a"] {
			changed := found.DeepCopy()
			changed.Annotations = map[string]string{"copy": found.Data["a"]}
			if _, err := client.CoreV1().ConfigMaps(namespace).Update(ctx, changed, metav1.UpdateOptions{}); err != nil {
				queue.AddRateLimited(key)
			}
		}
		queue.Done(key)
	}
}

func until(ctx context.Context, client kubernetes.Interface, accepted func(*corev1.ConfigMap) bool) {
	must(wait.PollUntilContextCancel(ctx, 10*time.Millisecond, true, func(ctx context.Context) (bool, error) {
		found, err := client.CoreV1().ConfigMaps(namespace).Get(ctx, "before", metav1.GetOptions{})
		return err == nil && accepted(found), err
	}))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
