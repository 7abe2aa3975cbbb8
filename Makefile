# What a developer types. `make help` lists it. ./run and ./test do all set-up by themselves.
.DEFAULT_GOAL := help
.PHONY: help run test quick ci dev release tsan fuzz coverage bench bless format format-check tidy layers messages clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
run: ## set up, start on the real data: http://127.0.0.1:8080
	./run
test: ## set up, run all tests
	./test
quick: ## the C++ tests only
	./test quick
ci: ## exactly what continuous integration runs
	CI=true .ci/run
dev: ## build with address and undefined-behaviour sanitizers (build/dev)
	cmake --preset dev && cmake --build --preset dev
release: ## build what a province runs (build/release/simpul)
	tools/build_frontend.sh && cmake --preset release && cmake --build --preset release
tsan: ## build with thread sanitizer (build/tsan)
	cmake --preset tsan && cmake --build --preset tsan
fuzz: ## build the fuzz targets and run each for a minute
	cmake --preset fuzz && cmake --build --preset fuzz && tools/fuzz.sh 60
coverage: ## line coverage of the C++ tests, per folder
	tools/coverage.sh
bench: ## measure against nginx in the same sitting (needs the bench packages)
	bash -c '. tools/setup.sh; install_packages build run test bench' && bench/run && bench/office && bench/imports && bench/scale && bench/postgis
bless: ## accept what golden tests now produce (look at git diff afterwards)
	cmake --preset dev && cmake --build --preset dev && SIMPUL_BLESS=1 ctest --preset dev -R Golden
format: ## clang-format over all C++
	git ls-files '*.cpp' '*.hpp' | xargs clang-format -i
format-check: ## fail when clang-format would change a file
	git ls-files '*.cpp' '*.hpp' | xargs clang-format --dry-run -Werror
tidy: ## clang-tidy over all C++ (slow)
	cmake --preset dev && git ls-files 'src/*.cpp' | xargs -P $$(nproc) -n 4 clang-tidy -p build/dev --quiet
layers: ## check the floors
	python3 tools/check_layers.py
messages: ## collect messages into locale/*/simpul.po
	python3 tools/extract_messages.py
clean: ## remove what was built (not var/, not the npm packages)
	rm -rf build frontend/dist
