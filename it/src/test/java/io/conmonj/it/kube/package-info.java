/**
 * A stock Kubernetes node (etcd, kube-apiserver, kubelet and kubectl, built by {@code build/kube})
 * on a stock CRI-O, with the built distribution as its monitor.
 */
package io.conmonj.it.kube;
