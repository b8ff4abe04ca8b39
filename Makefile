# conmonj: a per-pod container monitor. `make` alone shows what there is.

PREFIX ?= /usr/local
DESTDIR ?=
SESSIONS ?= 10000
SEED ?=
MINUTES ?= 10
KILLS ?= 300
UPGRADES ?= 200
DATABASE ?= https://api.osv.dev
TESTS ?=
ASLEEP ?= GoConmonClientTest,ConmonRsSuiteTest,*CrioTest,*CritestTest
DIST := monitor/target/conmonj
MVN := build/mvn

.DEFAULT_GOAL := help
.PHONY: help demo test asleep crio kube fuzz dist advisories install bench soak chaos kills upgrades example fmt clean

help: ## Show this help
	@echo 'conmonj: monitors the containers of a pod and serves exec, attach and port-forward for them.'
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Show a monitor with real containers at work (installs what is missing)
	@build/setup test
	@$(MVN) -q package -Dmaven.test.skip=true -pl it -am
	@build/dist $(DIST)
	@build/run demo.Demo

test: ## Build all, run all tests and count them (installs what is missing)
	@build/setup test
	@build/test

crio: ## Build a stock CRI-O, the first time in ten minutes, and run pods with it (installs what is missing)
	@build/setup test
	@build/crio >/dev/null
	@$(MVN) verify -pl it -am -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dit.groups=crio -Dit.excludedGroups= -Dcounts.skip=true

asleep: ## Run the tests with CRI-O and with the client of conmon-rs, while monitors sleep between all steps
	@build/setup test
	@build/crio >/dev/null
	@CONMON_SLEEP_AFTER=1s $(MVN) verify -pl it -am -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dit.sleep=forced -Dit.test='$(ASLEEP)' -Dfailsafe.failIfNoSpecifiedTests=false \
	  -Dit.excludedGroups=kube -Dcounts.skip=true

kube: ## Build a stock Kubernetes node as well, the first time in half an hour, and use it with kubectl
	@build/setup test
	@build/crio >/dev/null
	@build/kube >/dev/null
	@$(MVN) verify -pl it -am -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dit.groups=kube -Dit.excludedGroups= -Dcounts.skip=true

fuzz: ## Search for inputs that break the protocols, for MINUTES=10 in all, with all TESTS or those named
	@build/setup build
	@build/fuzz $$(($(MINUTES) * 60)) $(TESTS)

dist: ## Build the relocatable distribution in monitor/target/conmonj
	@build/setup build
	@$(MVN) -q package -Pbom -Dmaven.test.skip=true -pl monitor,monitor/tracing,client -am
	@build/dist $(DIST)

advisories: ## Hold what is shipped against published advisories (DATABASE=, OSV's interface)
	@build/setup build
	@$(MVN) -q package -Pbom -Dmaven.test.skip=true -pl it -am
	@build/dist $(DIST)
	@build/run report.Advisories $(DIST)/sbom $(DATABASE)

install: dist ## Install the distribution below PREFIX (default /usr/local)
	@build/install $(DIST) '$(DESTDIR)' '$(PREFIX)'

bench: ## Measure start-up, memory and throughput, and many pods beside conmon, conmon-rs and containerd
	@build/setup bench
	@$(MVN) -q package -Dmaven.test.skip=true -pl it -am
	@build/dist $(DIST)
	@build/run bench.IdleMonitorBench
	@build/run bench.ExecBench
	@build/run bench.LineRateBench
	@build/run bench.NeighbourBench
	@build/run bench.density.DensityBench
	@build/run bench.density.QuietBench 100 $$(build/conmon-rs)

soak: ## Run 10,000 sessions that end anywhere, and see that nothing is left (SESSIONS=, SEED=)
	@build/setup test
	@$(MVN) -q package -Dmaven.test.skip=true -pl it -am
	@build/dist $(DIST)
	@build/run soak.Soak $(SESSIONS) $(SEED)

chaos: ## Attack a pod in all ways at once, and see that it keeps its promises (MINUTES=, SEED=)
	@build/setup test
	@$(MVN) -q package -Dmaven.test.skip=true -pl it -am
	@build/dist $(DIST)
	@build/run chaos.Chaos $(MINUTES) $(SEED)

kills: ## Kill the worker of an attacked pod at random points (KILLS=, SEED=)
	@build/setup test
	@$(MVN) -q package -Dmaven.test.skip=true -pl it -am
	@build/dist $(DIST)
	@build/run chaos.Kills $(KILLS) $(SEED)

upgrades: ## Upgrade a monitor under load, and see that nothing and nobody is lost (UPGRADES=, SEED=)
	@build/setup test
	@$(MVN) -q package -Dmaven.test.skip=true -pl it -am
	@build/dist $(DIST)
	@build/run upgrade.Upgrades $(UPGRADES) $(SEED)

example: ## Serve local processes to streaming clients, from a program with the server embedded
	@build/setup build
	@$(MVN) -q package -Dmaven.test.skip=true -pl it -am
	@build/run embedding.LocalServer

fmt: ## Format all sources
	@$(MVN) -q spotless:apply

clean: ## Remove all that was built
	@$(MVN) -q clean
