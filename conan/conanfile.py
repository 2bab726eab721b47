import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, load


class PhonoConan(ConanFile):
    name = "phono"
    description = "Phono preamplifiers from their schematics: a header-only C++20 library"
    license = "BSL-1.0"
    topics = ("audio", "dsp", "phono", "riaa", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"   # for the test package; the package itself has none
    no_copy_source = True

    def set_version(self):
        # The number stands once, in project().
        cmake = load(self, os.path.join(self.recipe_folder, "..", "CMakeLists.txt"))
        self.version = re.search(r"project\(phono VERSION (\d+\.\d+\.\d+)", cmake).group(1)

    def export_sources(self):
        root = os.path.join(self.recipe_folder, "..")
        for pattern in ("LICENSE", "include/*.hpp"):
            copy(self, pattern, root, self.export_sources_folder)

    def layout(self):
        self.folders.root, self.folders.source = "..", "."
        self.folders.build, self.folders.generators = "build/conan", "build/conan/generators"

    def requirements(self):
        # transitive_headers: phono's headers include Boost's. header_only: nothing of Boost is to be built.
        self.requires("boost/[>=1.74 <2]", transitive_headers=True, options={"header_only": True})

    def validate(self):
        check_min_cppstd(self, 20)

    def package_id(self):
        self.info.clear()

    def package(self):
        copy(self, "include/*.hpp", self.source_folder, self.package_folder)
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))

    def package_info(self):
        self.cpp_info.set_property("cmake_target_name", "phono::phono")
        self.cpp_info.requires = ["boost::headers"]
        self.cpp_info.bindirs, self.cpp_info.libdirs = [], []
