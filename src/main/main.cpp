#include "base/assets.hpp"
#include <cstdio>
int main() { std::printf("%zu assets\n", simpul::all_assets().size()); }
